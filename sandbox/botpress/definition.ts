export type JsonSchema = Readonly<Record<string, unknown>>

type Typed = { schema: JsonSchema }

/** The parts of `bp read --json` that the platform checks against, as plain JSON Schemas (draft-07). */
export type DefinitionJson = {
  name: string
  version: string
  configuration?: Typed
  entities?: Record<string, Typed>
  user?: { tags?: Record<string, unknown> }
  states?: Record<string, { type: 'conversation' | 'user' | 'integration'; schema: JsonSchema }>
  events?: Record<string, Typed>
  actions?: Record<string, { input: Typed; output: Typed }>
  channels?: Record<
    string,
    {
      messages: Record<string, Typed>
      message?: { tags?: Record<string, unknown> }
      conversation?: { tags?: Record<string, unknown> }
    }
  >
}
