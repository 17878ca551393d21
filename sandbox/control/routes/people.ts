import { z } from 'zod'
import type { NewCause } from '../causes'
import type { Call } from '../http'
import { sendFromShelf, shelf } from '../shelf'
import type { Stage } from '../stage'
import { done, fileOf, param, read, text, type Route } from './route'

const message = z.object({
  type: z.enum(['text', 'image', 'audio', 'video', 'file', 'location', 'bloc']),
  payload: z.record(z.unknown()),
})
const newPerson = z.object({ name: text, email: z.string().email() })
const somebodyElse = z.object({ name: text, text })

export const personRoutes = (stage: Stage): Route[] => {
  const { system, people } = stage
  const cause = (call: Call, title: string): NewCause => {
    const { id, name } = people.get(param(call, 'id'))
    return { from: 'customer', who: name, title, personId: id }
  }
  return [
    {
      method: 'POST',
      path: '/api/people',
      run: (call) => ({ json: { id: people.add(read(call, newPerson)).id } }),
    },
    {
      method: 'POST',
      path: '/api/people/:id/messages',
      cause: (call) => cause(call, wordsOf(read(call, message))),
      run: async (call, number) => {
        const { type, payload } = read(call, message)
        await people.say(people.get(param(call, 'id')), number, type, payload)
        return done
      },
    },
    {
      method: 'POST',
      path: '/api/people/:id/uploads',
      run: (call) => {
        people.get(param(call, 'id'))
        return { json: { url: system.botpress.addPublicFile(fileOf(call)) } }
      },
    },
    {
      method: 'POST',
      path: '/api/people/:id/end',
      cause: (call) => cause(call, 'Ends the session (/end)'),
      run: async (call) => {
        await people.get(param(call, 'id')).endUser.end()
        return done
      },
    },
    {
      method: 'POST',
      path: '/api/people/:id/somebody-else',
      cause: (call) => {
        const { name, text: words } = read(call, somebodyElse)
        return cause(call, `${name}, in the same conversation: ${words}`)
      },
      run: async (call) => {
        const { name, text: words } = read(call, somebodyElse)
        await people.somebodyElseSays(people.get(param(call, 'id')), name, words)
        return done
      },
    },
    { method: 'GET', path: '/api/shelf', run: () => ({ json: { shelf } }) },
    {
      method: 'POST',
      path: '/api/people/:id/shelf/:item',
      cause: (call) => cause(call, `File from the shelf: ${shelfTitle(param(call, 'item'))}`),
      run: async (call, number) => {
        await sendFromShelf(stage, people.get(param(call, 'id')), param(call, 'item'), number)
        return done
      },
    },
  ]
}

/** The words of a message, or what kind it is. */
const wordsOf = ({ type, payload }: z.infer<typeof message>): string => {
  const words = payload.text ?? payload.title
  if (type === 'text' && typeof words === 'string') return words
  if (type === 'bloc' && Array.isArray(payload.items)) return `${payload.items.length} things at once`
  return typeof words === 'string' ? `${type}: ${words}` : `${type.charAt(0).toUpperCase()}${type.slice(1)}`
}

const shelfTitle = (item: string): string => shelf.find(({ id }) => id === item)?.title ?? item
