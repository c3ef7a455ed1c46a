import { usePage } from '../use-page.ts'

/** Example sentences of the gallery in both languages; not text of the product. */
export function useSample(): (vi: string, en: string) => string {
  const { lang } = usePage()
  return (vi, en) => (lang === 'vi' ? vi : en)
}
