import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { amber, birch, salesGroup, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { botEvents } from '../../helpers/bot-events'
import { addWebhooks, userSeesMore } from '../../helpers/content'
import { startTalk, type Talk } from '../../helpers/talk'

/**
 * The few texts that we ourselves say to end users: in their language, in the words of the configuration, or not at
 * all.
 */

let sandbox: Sandbox
let talk: Talk
const desk = () => sandbox.livechat.desk
const prepare = async (configuration: Record<string, unknown> = {}): Promise<void> => {
  sandbox = await startSandbox({ configuration })
  addWebhooks(sandbox, ['event_updated', 'event_deleted'])
  // After a transfer to a group, the end user waits.
  desk().setStatus(birch.email, 'not_accepting_chats')
}
const begin = async (language: string | undefined): Promise<void> => {
  desk().setStatus(amber.email, 'accepting_chats')
  talk = await startTalk(sandbox, { start: { title: 'Hello', ...(language ? { hitlSession: { language } } : {}) } })
  desk().setStatus(amber.email, 'not_accepting_chats')
}

/** Causes each text that we say: a correction, a deletion, a return to the queue. */
const hearEverything = (): Promise<string[]> =>
  userSeesMore(sandbox, talk, async () => {
    const eventId = desk().say(talk.chatId, amber.email, '5')
    await sandbox.settle()
    desk().edit(talk.chatId, amber.email, eventId, '6')
    await sandbox.settle()
    desk().deleteEvent(talk.chatId, amber.email, eventId)
    await sandbox.settle()
    desk().transferToGroup(talk.chatId, amber.email, salesGroup.id)
    await sandbox.settle()
  })

const english = [
  'Correction: 6',
  'A message from the agent was removed.',
  'You are being transferred. Please wait for the next available agent.',
]
const languages: [string | undefined, string[]][] = [
  ['en', english],
  [
    'es-MX',
    [
      'Corrección: 6',
      'Se ha eliminado un mensaje del agente.',
      'Le estamos transfiriendo. Le atenderá el próximo agente disponible.',
    ],
  ],
  [
    'fr',
    [
      'Correction\u00a0: 6',
      'Un message de l’agent a été supprimé.',
      'Nous transférons votre conversation. Le prochain agent disponible vous répondra.',
    ],
  ],
  [
    'DE',
    [
      'Korrektur: 6',
      'Eine Nachricht des Mitarbeiters wurde entfernt.',
      'Sie werden weitergeleitet. Der nächste freie Mitarbeiter meldet sich bei Ihnen.',
    ],
  ],
  [
    'pt_BR',
    [
      'Correção: 6',
      'Uma mensagem do agente foi removida.',
      'Estamos transferindo sua conversa. O próximo agente disponível vai atender você.',
    ],
  ],
  ['xx', english],
  [undefined, english],
]

describe('the texts in each language', () => {
  beforeAll(() => prepare())
  afterAll(() => sandbox.close())

  it.each(languages)('%s', async (language, texts) => {
    await begin(language)
    expect(await hearEverything()).toEqual(['5', ...texts].map((text) => `text ${text}`))
    expect(botEvents(sandbox, 'hitlSessionQueued').at(-1)).toMatchObject({ reason: 'transferred', position: 1 })
    desk().close(talk.chatId, amber.email)
    await sandbox.settle()
  })
})

describe('the texts of the configuration', () => {
  afterEach(() => sandbox.close())

  it('replace the texts of every language', async () => {
    const texts = { waitingAgain: 'Hold the line!', correction: 'I meant', messageDeleted: 'Forget it.' }
    await prepare({ texts })
    await begin('de')
    expect(await hearEverything()).toEqual(['5', 'I meant 6', 'Forget it.', 'Hold the line!'].map((t) => `text ${t}`))
  })

  it('are not said if they are empty, and nothing else is lost', async () => {
    const texts = { waitingAgain: '', correction: ' ', messageDeleted: '' }
    await prepare({ texts })
    await begin('de')
    expect(await hearEverything()).toEqual(['text 5'])
    expect(botEvents(sandbox, 'hitlSessionQueued').at(-1)).toMatchObject({ reason: 'transferred' })
  })
})
