import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AMBER, dig, startBench, type Bench, type Json, type TestCustomer } from '../test-bench'

let bench: Bench
let who: TestCustomer
beforeEach(async () => {
  bench = await startBench()
  who = await bench.customer()
  bench.webhook('incoming_event')
})
afterEach(() => bench.close())

const start = async (body: Json = {}): Promise<string> =>
  String((await bench.call(who, 'start_chat', body)).body['chat_id'])

describe('what the agent sees', () => {
  it('is every kind of event, in words', async () => {
    await bench.call(who, 'update_customer', { name: 'Reader', email: 'reader@example.com' })
    const chatId = await start({
      chat: {
        thread: {
          events: [
            {
              type: 'filled_form',
              form_id: 'f',
              form_type: 'prechat',
              fields: [
                { type: 'name', id: '1', label: 'Name', answer: 'Reader' },
                {
                  type: 'checkbox',
                  id: '2',
                  label: 'Topics',
                  answers: [
                    { id: '1', label: 'A' },
                    { id: '2', label: 'B' },
                  ],
                },
              ],
            },
          ],
        },
      },
    })
    const { desk } = bench.livechat
    desk.sendRichMessage(chatId, AMBER, {
      template_id: 'cards',
      elements: [{ title: 'Title', subtitle: 'Sub', buttons: [{ text: 'Go', postback_id: 'go', user_ids: [] }] }],
    })
    desk.note(chatId, AMBER, 'mind this')
    const lines = desk.transcript(chatId).map(({ author, text, isPrivate }) => [author, text, isPrivate])
    expect(lines).toEqual([
      ['Reader', 'Name: Reader\nTopics: A, B', false],
      ['Agent Amber', 'Title\nSub\n[Go]', false],
      ['Agent Amber', 'mind this', true],
    ])
    expect(desk.chats()[0]?.customer).toMatchObject({ name: 'Reader', email: 'reader@example.com' })
  })

  it('has automatic greetings marked as such', async () => {
    const chatId = await start()
    bench.livechat.desk.say(chatId, AMBER, 'Welcome', { properties: { lc2: { welcome_message: true } } })
    await bench.livechat.settle()
    expect(dig(bench.payloads('incoming_event')[0], 'event', 'properties', 'lc2', 'welcome_message')).toBe(true)
  })
})
