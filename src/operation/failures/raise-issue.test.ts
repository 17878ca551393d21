import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../../test/helpers/fake-scope'
import type { Issue } from '../../shared/log'
import { issueTexts, type IssueCode } from './issue-texts'
import { raiseIssue } from './raise-issue'

const codes = Object.keys(issueTexts) as IssueCode[]
const hourMs = 3_600_000

const recorder = () => {
  const raised: Issue[] = []
  let nowMs = 0
  const scope = fakeScope(() => nowMs)
  const log = { ...scope.log, issue: (issue: Issue) => void raised.push(issue) }
  return { raised, scope: { ...scope, log }, wait: (durationMs: number) => (nowMs += durationMs) }
}

describe('raiseIssue', () => {
  it.each(codes)('tells the owner of %s once an hour, with the place to click', (code) => {
    const { raised, scope, wait } = recorder()
    raiseIssue(scope, code, { conversationId: 'c1' })
    raiseIssue(scope, code, { conversationId: 'c2' })
    wait(hourMs - 1)
    raiseIssue(scope, code)
    expect(raised).toHaveLength(1)
    expect(raised[0]).toMatchObject({ code, fields: { conversationId: 'c1' }, groupBy: ['place'] })
    expect(raised[0]?.fields['place']).toMatch(/ > /)
    wait(1)
    raiseIssue(scope, code)
    expect(raised).toHaveLength(2)
  })

  it('tells of each code and each installation for itself', () => {
    const { raised, scope } = recorder()
    for (const code of codes) raiseIssue(scope, code)
    raiseIssue({ ...scope, key: (...parts) => JSON.stringify(['other', ...parts]) }, 'group_gone')
    expect(raised.map(({ code }) => code)).toEqual([...codes, 'group_gone'])
  })

  it.each(codes)('says in whole sentences what %s means', (code) => {
    const { title, description } = issueTexts[code]
    expect(title).toMatch(/^[A-Z].{10,70}[^.]$/)
    expect(description).toMatch(/^[A-Z].{40,}\.$/s)
  })
})
