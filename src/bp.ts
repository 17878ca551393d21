import * as sdk from '@botpress/sdk'
import type { actions } from './definitions/actions'
import type { configuration } from './definitions/configuration'
import type { entities } from './definitions/entities'
import type { events } from './definitions/events'
import type { hitlInterface } from './definitions/hitl-interface'
import type { states } from './definitions/states'
import type { conversationTags, messageTags, userTags } from './definitions/tags'

/**
 * Botpress' types for this integration, inferred from the definition. This file replaces the module that `bp gen`
 * writes to `.botpress`. Both modules have the same names, and their types are assignable to each other. So the package
 * builds without the CLI.
 */

type Input<T extends { schema: sdk.z.ZodTypeAny }> = sdk.z.input<T['schema']>
type Tags<T> = { [K in keyof T]: { title?: string; description?: string } }
type NoCreation = { creation: { enabled: false; requiredTags: [] } }

type Hitl = (typeof hitlInterface)['definition']
type SessionEntity = Input<(typeof entities)['hitlSession']>
type StartHitlInput = Omit<Input<Hitl['actions']['startHitl']['input']>, 'hitlSession'> & {
  hitlSession?: SessionEntity | undefined
}

type ActionOf<T extends { input: { schema: sdk.z.ZodTypeAny }; output: { schema: sdk.z.ZodTypeAny } }> = {
  input: Input<T['input']>
  output: Input<T['output']>
}

type TIntegration = {
  name: 'livechat-hitl'
  version: string
  configuration: Input<typeof configuration>
  configurations: Record<never, never>
  user: { tags: Tags<typeof userTags> } & NoCreation
  actions: {
    createUser: {
      input: Input<Hitl['actions']['createUser']['input']>
      output: Input<Hitl['actions']['createUser']['output']>
    }
    startHitl: { input: StartHitlInput; output: Input<Hitl['actions']['startHitl']['output']> }
    checkAvailability: ActionOf<(typeof actions)['checkAvailability']>
    rateSession: ActionOf<(typeof actions)['rateSession']>
    diagnose: ActionOf<(typeof actions)['diagnose']>
    stopHitl: {
      input: Input<Hitl['actions']['stopHitl']['input']>
      output: Input<Hitl['actions']['stopHitl']['output']>
    }
  }
  events: { [K in keyof Hitl['events']]: Input<Hitl['events'][K]> } & {
    [K in keyof typeof events]: Input<(typeof events)[K]>
  }
  channels: {
    hitl: {
      messages: { [K in keyof Hitl['channels']['hitl']['messages']]: Input<Hitl['channels']['hitl']['messages'][K]> }
      message: { tags: Tags<typeof messageTags> }
      conversation: { tags: Tags<typeof conversationTags> } & NoCreation
    }
  }
  states: {
    [K in keyof typeof states]: { type: (typeof states)[K]['type']; payload: Input<(typeof states)[K]> }
  }
  entities: { hitlSession: SessionEntity }
}

export class Integration extends sdk.Integration<TIntegration> {}
export type IntegrationProps = sdk.IntegrationProps<TIntegration>
export type Client = sdk.IntegrationSpecificClient<TIntegration>
export type Logger = sdk.IntegrationLogger

export type HandlerProps = Parameters<IntegrationProps['handler']>[0]
export type Context = HandlerProps['ctx']
export type Configuration = TIntegration['configuration']
export type WebhookResponse = Awaited<ReturnType<IntegrationProps['handler']>>

export type ActionProps = { [K in keyof IntegrationProps['actions']]: Parameters<IntegrationProps['actions'][K]>[0] }
export type ActionOutputs = {
  [K in keyof IntegrationProps['actions']]: Awaited<ReturnType<IntegrationProps['actions'][K]>>
}
/** `messages` may be undefined in the types of SDK 7, which prefers `messageCreated`. */
export type HitlMessages = NonNullable<IntegrationProps['channels']['hitl']['messages']>
export type MessageProps = { [K in keyof HitlMessages]: Parameters<HitlMessages[K]>[0] }
export type AnyMessageProps = MessageProps[keyof MessageProps]

export type Events = TIntegration['events']
export type States = { [K in keyof TIntegration['states']]: TIntegration['states'][K]['payload'] }
export type LiveChatCustomerState = States['livechatCustomers']['customers'][number]
export type MessageHistoryEntry = StartHitlInput['messageHistory'][number]
