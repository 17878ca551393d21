import { z, type InterfacePackage } from '@botpress/sdk'
import { channelMessages, messageHistoryEntry } from './hitl-messages'

const hiddenInStudio = { bpActionHiddenInStudio: 'true' } as const

const createUserInput = z.object({
  name: z.string().title('Name').describe('The end user’s display name'),
  pictureUrl: z.string().optional().title('Picture').describe('Address of the end user’s picture'),
  email: z.string().optional().title('E-mail').describe('The end user’s e-mail address'),
})

const startHitlInput = z.object({
  userId: z.string().title('User').describe('ID of the user that createUser returned'),
  title: z.string().optional().title('Title').describe('Title of the session'),
  description: z.string().optional().title('Description').describe('What the session is about'),
  hitlSession: z
    .ref('hitlSession')
    .optional()
    .title('LiveChat session')
    .describe('Where this session goes, and what else the agent should know'),
  messageHistory: z
    .array(messageHistoryEntry)
    .title('Conversation so far')
    .describe('What was said before, oldest first'),
})

/**
 * Interface `hitl` 2.1.0 as Botpress publishes it. Written by hand, so that types can be inferred from it and the build
 * needs no download. It has no id, so at deploy the CLI looks up the public interface with this name and version.
 */
export const hitlInterface = {
  type: 'interface',
  name: 'hitl',
  version: '2.1.0',
  definition: {
    name: 'hitl',
    version: '2.1.0',
    entities: { hitlSession: { schema: z.object({}) } },
    actions: {
      createUser: {
        title: 'Create user',
        description: 'Finds or makes the Botpress user for an end user',
        attributes: hiddenInStudio,
        input: { schema: createUserInput },
        output: {
          schema: z.object({ userId: z.string().title('User').describe('ID of the user') }),
        },
      },
      startHitl: {
        title: 'Start session',
        description: 'Opens a LiveChat chat for an end user and hands the conversation over',
        attributes: hiddenInStudio,
        input: { schema: startHitlInput },
        output: {
          schema: z.object({ conversationId: z.string().title('Conversation').describe('ID of the session') }),
        },
      },
      stopHitl: {
        title: 'Stop session',
        description: 'Closes the LiveChat chat of a session',
        attributes: hiddenInStudio,
        input: { schema: z.object({ conversationId: z.string().title('Conversation').describe('ID of the session') }) },
        output: { schema: z.object({}) },
      },
    },
    events: {
      hitlAssigned: {
        title: 'Agent assigned',
        description: 'A LiveChat agent has taken the session, or has taken it over from another agent',
        attributes: hiddenInStudio,
        schema: z.object({
          conversationId: z.string().title('Conversation').describe('ID of the session'),
          userId: z.string().title('Agent').describe('ID of the Botpress user for the agent'),
        }),
      },
      hitlStopped: {
        title: 'Session ended',
        description: 'The LiveChat chat of the session is closed',
        attributes: hiddenInStudio,
        schema: z.object({ conversationId: z.string().title('Conversation').describe('ID of the session') }),
      },
    },
    channels: {
      hitl: {
        title: 'LiveChat session',
        description: 'Carries one session between a bot and a LiveChat agent',
        messages: channelMessages,
      },
    },
  },
} as const satisfies InterfacePackage
