type Amount = { customers: number; messages: number; longBytes: number }

/** Fills a sandbox with sessions, as after a long morning: every third customer has written something very long. */
export const fillSandbox = async (url: string, { customers, messages, longBytes }: Amount): Promise<void> => {
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const response = await fetch(`${url}/api/${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as { id: string }
  }
  const agent = 'amber@example.com'
  for (let number = 1; number <= customers; number += 1) {
    const { id } = await post('people', { name: `Customer ${number}`, email: `c${number}@example.com` })
    const say = (text: string) => post(`people/${id}/messages`, { type: 'text', payload: { text } })
    if (number % 3 === 0) await say(`My story: ${'a long word '.repeat(longBytes / 12)}`)
    await say('A person, please')
    await post('settle', {})
    const state = (await (await fetch(`${url}/api/state`)).json()) as { people: { id: string; chatId?: string }[] }
    const chatId = state.people.find((person) => person.id === id)?.chatId
    if (chatId === undefined) throw new Error('no chat was started')
    await post(`chats/${chatId}/pick-up`, { agent })
    for (let round = 1; round <= messages; round += 1) {
      await post(`chats/${chatId}/events`, { agent, event: { type: 'message', text: `Answer ${round}` } })
      await say(`Question ${round}`)
    }
    await post('settle', {})
  }
}
