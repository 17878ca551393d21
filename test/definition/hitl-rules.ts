import { isDeepStrictEqual } from 'node:util'
import type { DefinitionJson, JsonSchema } from '../../tools/definition-json'
import contract from '../fixtures/hitl-interface-2.1.0.json'

/**
 * How the definition differs from the interface that the HITL plugin calls. Texts may differ, everything else may not.
 */
export const hitlViolations = (json: DefinitionJson): string[] => {
  const statement = Object.values(json.interfaces ?? {}).find(({ name }) => name === contract.name)
  if (!statement) return [`interface ${contract.name}: not implemented`]

  const sessionEntity = json.entities?.[statement.entities['hitlSession']?.name ?? '']?.schema
  const differs = (actual: JsonSchema | undefined, expected: object): boolean =>
    !isDeepStrictEqual(comparable(actual), comparable(withEntity(expected, sessionEntity)))

  return [
    ...(statement.version === contract.version ? [] : [`interface ${contract.name}: version ${statement.version}`]),
    ...(sessionEntity ? [] : ['entity hitlSession: not mapped']),
    ...Object.entries(contract.actions).flatMap(([name, { input, output, attributes }]) => {
      const action = json.actions?.[name]
      if (!action || statement.actions[name]?.name !== name) return [`action ${name}: missing`]
      return [
        ...(differs(action.input.schema, input) ? [`action ${name}: input is not the interface's`] : []),
        ...(differs(action.output.schema, output) ? [`action ${name}: output is not the interface's`] : []),
        ...attributeViolations(`action ${name}`, action.attributes, attributes),
      ]
    }),
    ...Object.entries(contract.events).flatMap(([name, { payload, attributes }]) => {
      const event = json.events?.[name]
      if (!event || statement.events[name]?.name !== name) return [`event ${name}: missing`]
      return [
        ...(differs(event.schema, payload) ? [`event ${name}: payload is not the interface's`] : []),
        ...attributeViolations(`event ${name}`, event.attributes, attributes),
      ]
    }),
    ...Object.entries(contract.channels).flatMap(([channel, { messages }]) =>
      Object.entries(messages).flatMap(([type, expected]) => {
        const message = json.channels?.[channel]?.messages[type]
        if (!message || statement.channels[channel]?.name !== channel) return [`message ${channel}.${type}: missing`]
        return differs(message.schema, expected) ? [`message ${channel}.${type}: is not the interface's`] : []
      }),
    ),
  ]
}

const attributeViolations = (
  where: string,
  actual: Record<string, string> | undefined,
  expected: Record<string, string>,
): string[] =>
  Object.entries(expected).flatMap(([name, value]) =>
    actual?.[name] === value ? [] : [`${where}: attribute ${name} is not ${value}`],
  )

/** Puts our entity in the place that the interface leaves for it. */
const withEntity = (schema: unknown, entity: JsonSchema | undefined): unknown => {
  if (Array.isArray(schema)) return schema.map((item) => withEntity(item, entity))
  if (typeof schema !== 'object' || schema === null) return schema
  if ('x-entity' in schema) return entity
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withEntity(value, entity)]))
}

/** Removes texts and display hints, and sorts the names of required fields. */
const comparable = (schema: unknown, isPropertyMap = false): unknown => {
  if (Array.isArray(schema)) return schema.map((item) => comparable(item))
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema).filter(
    ([key]) =>
      isPropertyMap || !(key === 'title' || key === 'description' || key.startsWith('x-') || key === '$schema'),
  )
  return Object.fromEntries(
    kept.map(([key, value]: [string, unknown]) => {
      if (key === 'required' && Array.isArray(value) && !isPropertyMap) return [key, [...(value as string[])].sort()]
      return [key, comparable(value, key === 'properties' && !isPropertyMap)]
    }),
  )
}
