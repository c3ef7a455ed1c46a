import { plainText } from '../plain-text.ts'

/** Words that people put around what they look for; they say nothing about which procedure. */
const fillers = [
  'trinh tu thuc hien', 'thanh phan ho so', 'cach thuc thuc hien', 'thoi han giai quyet', 'co quan thuc hien', 'doi tuong thuc hien', 'can cu phap ly', 'yeu cau dieu kien', 'ket qua thuc hien', 'dieu kien thuc hien',
  'phi le phi', 'toi muon', 'toi can', 'lam the nao', 'nhu the nao', 'the nao', 'bao nhieu', 'bao lau', 'o dau', 'can nhung gi', 'can gi', 'nhung gi', 'la gi', 'gom nhung', 'cho toi hoi', 'xin hoi', 'thu tuc hanh chinh', 'thu tuc', 'ho so', 'dang ky thu tuc',
  'how do i', 'how to', 'i want to', 'where can i', 'apply for',
]

/** What people say and what the law calls it. */
const synonyms: readonly (readonly [said: string, called: string])[] = [
  ['bang lai', 'giay phep lai xe'], ['gplx', 'giay phep lai xe'], ['so do', 'giay chung nhan quyen su dung dat'], ['so hong', 'giay chung nhan quyen su dung dat'], ['cccd', 'the can cuoc'], ['can cuoc cong dan', 'the can cuoc'],
  ['chung minh nhan dan', 'the can cuoc'], ['bhyt', 'bao hiem y te'], ['bhxh', 'bao hiem xa hoi'], ['bhtn', 'bao hiem that nghiep'], ['nhap khau', 'dang ky thuong tru'], ['ho khau', 'dang ky thuong tru'],
  ['sang ten xe', 'dang ky xe thay doi chu xe'], ['doc than', 'tinh trang hon nhan'], ['ly lich tu phap', 'phieu ly lich tu phap'], ['cong chung ban sao', 'chung thuc ban sao'], ['photo cong chung', 'chung thuc ban sao'], ['passport', 'ho chieu'], ['cuoi', 'ket hon'], ['mat viec', 'tro cap that nghiep'],
]

export interface Alternative { plain: string; tokens: string[] }

/** The ways in which a question may be meant: as it was typed and with the words of the law. Empty when nothing is left of it. */
export function alternativesOf(question: string): Alternative[] {
  const typed = plainText(question).slice(0, 400)
  const core = withoutFillers(typed)
  const meant = synonyms.filter(([said]) => ` ${core} `.includes(` ${said} `)).map(([said, called]) => ` ${core} `.replace(` ${said} `, ` ${called} `).trim())
  return [...new Set([core, ...meant])].slice(0, 3).flatMap((plain) => {
    const tokens = [...new Set(plain.split(' '))].filter((w) => /^[\p{L}\p{N}]+$/u.test(w)).slice(0, 24)
    return tokens.length > 0 ? [{ plain, tokens }] : []
  })
}

function withoutFillers(text: string): string {
  const left = fillers.reduce((rest, filler) => rest.replaceAll(` ${filler} `, ' '), ` ${text.replaceAll('.', ' ').replace(/ +/g, ' ')} `).trim()
  return left || text.replaceAll('.', ' ').trim()
}

/** The beginning of a procedure code, when the question is one: '1.0011' → '1.0011'. */
export function codeOf(question: string): string | undefined {
  return /^\s*(\d\.\d{3,6})/.exec(question)?.[1]
}
