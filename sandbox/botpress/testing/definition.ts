import type { DefinitionJson, JsonSchema } from '../definition'

const object = (properties: Record<string, JsonSchema>, required: string[] = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const text: JsonSchema = { type: 'string', minLength: 1 }
const string: JsonSchema = { type: 'string' }

const message = (properties: Record<string, JsonSchema>, required: string[]) => ({
  schema: object({ ...properties, userId: string, additionalData: { type: 'string', maxLength: 500 } }, required),
})

const media = (field: string) => message({ [field]: text, title: text }, [field])

/** A small integration with the hitl interface, a seventh message type and an event of its own. */
export const testDefinition: DefinitionJson = {
  name: 'desk-hitl',
  version: '1.0.0',
  configuration: {
    schema: object({ apiKey: text, greeting: { type: 'string', default: 'hello' } }, ['apiKey']),
  },
  user: { tags: { email: {}, agentId: {} } },
  states: {
    credentials: { type: 'user', schema: object({ secret: string, count: { type: 'number' } }, ['secret']) },
    thread: { type: 'conversation', schema: object({ ticket: string }) },
    setup: { type: 'integration', schema: object({ hooks: { type: 'array', items: string } }) },
  },
  events: {
    hitlAssigned: { schema: object({ conversationId: string, userId: string }) },
    hitlStopped: { schema: object({ conversationId: string }) },
    queueMoved: { schema: object({ place: { type: 'number' }, conversationId: string, chat: string }, ['place']) },
  },
  actions: {
    createUser: {
      input: { schema: object({ name: string, pictureUrl: string, email: string }, ['name']) },
      output: { schema: object({ userId: string }) },
    },
    startHitl: {
      input: {
        schema: object(
          {
            userId: string,
            title: string,
            description: string,
            hitlSession: object({ group: string }, []),
            messageHistory: {
              type: 'array',
              items: object({ source: { type: 'object' }, type: string, payload: { type: 'object' } }),
            },
          },
          ['userId', 'messageHistory'],
        ),
      },
      output: { schema: object({ conversationId: string }) },
    },
    stopHitl: {
      input: { schema: object({ conversationId: string }) },
      output: { schema: object({}) },
    },
  },
  channels: {
    hitl: {
      messages: {
        text: message({ text }, ['text']),
        image: media('imageUrl'),
        audio: media('audioUrl'),
        video: media('videoUrl'),
        file: media('fileUrl'),
        bloc: message({ items: { type: 'array' } }, ['items']),
        poll: message({ question: text }, ['question']),
      },
      message: { tags: { eventId: {}, note: {} } },
      conversation: { tags: { chatId: {}, threadId: {}, note: {} } },
    },
  },
}
