import { describe, expect, it } from 'vitest'
import { isSameLanguage, languageCode } from './language'

describe('languageCode', () => {
  it.each([
    ['en', 'en'],
    ['EN', 'en'],
    ['en-US', 'en'],
    ['en_GB', 'en'],
    ['ES', 'es'],
    ['pt_BR', 'pt'],
    ['pt-br', 'pt'],
    [' de ', 'de'],
    ['de_DE.UTF-8', 'de'],
    ['de,en;q=0.8', 'de'],
    ['deu', 'de'],
    ['ger', 'de'],
    ['fra', 'fr'],
    ['spa', 'es'],
    ['Deutsch', 'de'],
    ['german', 'de'],
    ['German (Austria)', 'de'],
    ['Swiss German', 'de'],
    ['Español', 'es'],
    ['espanol', 'es'],
    ['Espan\u0303ol', 'es'],
    ['Castellano', 'es'],
    ['Français', 'fr'],
    ['FRENCH', 'fr'],
    ['Português do Brasil', 'pt'],
    ['Brazilian Portuguese', 'pt'],
    ['English', 'en'],
    ['inglés', 'en'],
    ['zh-Hans', 'zh'],
    ['ja', 'ja'],
    ['Polski', 'pl'],
    ['estonian', undefined],
    ['Esperanto', undefined],
    ['Klingon', undefined],
    ['denied', undefined],
    ['', undefined],
    [undefined, undefined],
    ['!', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%j is %s', (text, code) => {
    expect(languageCode(text)).toBe(code)
  })

  it('tells whether two names mean the same', () => {
    expect(isSameLanguage('Deutsch', 'de-AT')).toBe(true)
    expect(isSameLanguage('de', 'en')).toBe(false)
    expect(isSameLanguage(undefined, undefined)).toBe(false)
  })
})
