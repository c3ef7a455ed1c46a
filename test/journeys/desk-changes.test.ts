import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { taxCheckDigit } from '../../src/modules/numbers/index.ts'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { look, officer, open } from './support/browser.ts'
import { country } from './support/country.ts'
import { caseOf, loaded, press } from './support/filing.ts'
import { cardOf, fillIn } from './support/reception.ts'

describe('an organisation at the desk, its data changed, and the post', () => {
  for (const plan of [{ lang: 'vi', scripts: true, width: 1280 }, { lang: 'en', scripts: false, width: 390 }] as const) {
    test(`filed for an organisation on a paper, put right by two officers, seen by no postal staff, in ${plan.lang} ${plan.scripts ? '' : 'without scripts '}at ${plan.width} px`, async (t) => {
      const place = await country()
      const citizen = findCitizen('064188000014')!
      const who = await officer(t, place, 'motcua.pleiku', 'province', plan)
      const { page } = who
      const unfold = async (summary: string): Promise<void> => {
        if (plan.scripts) await page.locator('summary').filter({ hasText: summary }).click()
        else await page.locator('details').evaluateAll((all) => all.forEach((d) => d.setAttribute('open', '')))
      }
      await open(who, place.at('province', '/desk/reception'))
      await page.locator('[name=query]').fill(cardOf(citizen))
      await press(who, who.t('dossiers.reception.begin'))
      await unfold(who.t('dossiers.reception.organisation.open'))
      await page.locator('[name=taxCode]').fill('1234')
      await page.locator('[name=organisationPaper]').fill('Giấy giới thiệu số 12')
      await press(who, who.t('dossiers.reception.organisation.button'))
      await look(who, 400)
      await page.locator('[name=taxCode]').fill(`590018121${taxCheckDigit('590018121')}`)
      await page.locator('[name=organisationName]').fill('Công ty TNHH Phố Núi')
      await press(who, who.t('dossiers.reception.organisation.button'))
      await look(who)
      await loaded(who, () => page.locator('button[name=procedure][value="1.001612"]').click())
      await fillIn(who, caseOf('1.001612', citizen, '23575', plan.scripts ? 61 : 62))
      await look(who)
      if ((await page.locator('[name=returnWay]').count()) > 0) await page.locator('[name=returnWay]').first().check()
      await press(who, who.t('dossiers.reception.check.later'))
      const reference = /MC-\w{5}-\w{5}/.exec(await page.locator('main').innerText())![0]

      await open(who, place.at('province', `/desk/receive-filed?q=${reference}`))
      await look(who)
      await press(who, who.t('dossiers.desk.accept'))
      await look(who)
      await open(who, place.at('province', `/desk?view=all&q=${/H21[\d.]+-\d{6}-\d{4}/.exec(await page.locator('main').innerText())![0]}`))
      await loaded(who, () => page.locator('table a').first().click())
      const dossier = new URL(page.url()).pathname
      await page.getByText('Công ty TNHH Phố Núi').first().waitFor()
      await loaded(who, () => page.getByRole('link', { name: who.t('dossiers.applicantChange.open'), exact: true }).click())
      await look(who)
      await page.locator('[name=phone]').fill('12')
      await press(who, who.t('dossiers.applicantChange.record'))
      await look(who, 400)
      await page.locator('[name=way]').first().check()
      await page.locator('[name=phone]').fill('0905111222')
      await page.locator('[name=ground]').fill('Đã đổi số điện thoại')
      await press(who, who.t('dossiers.applicantChange.record'))
      await look(who)
      const colleague = await officer(t, place, 'chuyenmon.pleiku', 'province', plan)
      await open(colleague, place.at('province', '/desk/applicant-changes'))
      await look(colleague)
      await open(colleague, place.at('province', `${dossier}/applicant`))
      await press(colleague, colleague.t('dossiers.applicantChange.confirm'))
      await look(colleague)
      await open(colleague, place.at('province', `${dossier}/transfer-out`))
      await press(colleague, colleague.t('dossiers.nodeTransfer.button'))
      await look(colleague, 400)
      for (const path of ['/desk/transfers']) { await open(colleague, place.at('province', path)); await look(colleague) }
      for (const path of ['/desk/with-post', '/desk/returns']) { await open(who, place.at('province', path)); await look(who) }

      const leader = await officer(t, place, 'lanhdao.pleiku', 'province', plan)
      await open(leader, place.at('province', '/desk/postal-delegations'))
      await look(leader)
      await press(leader, leader.t('dossiers.postal.delegate'))
      await look(leader, 400)
      const post = await officer(t, place, 'buuchinh.pleiku', 'province', plan)
      await open(post, place.at('province', '/desk/post'))
      await look(post)
      assert.equal((await post.page.goto(place.at('province', dossier)))!.status(), 403)
    })
  }
})
