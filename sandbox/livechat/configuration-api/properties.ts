import { z } from 'zod'
import { ApiError, parseFields } from '../errors'
import { ownerApp, requireScope, type ConfigurationCall, type ConfigurationMethod } from './context'
import type { RegisteredProperty } from '../model'

const rights = z.array(z.enum(['read', 'write'])).optional()
const registerFields = z.object({
  name: z.string().min(1),
  type: z.enum(['int', 'string', 'bool', 'tokenized_string']),
  access: z
    .record(z.enum(['chat', 'thread', 'event', 'license', 'group']), z.object({ agent: rights, customer: rights }))
    .refine((access) => Object.keys(access).length > 0, 'at least one location is needed'),
  description: z.string().optional(),
})

/** Names are in the namespace of the app that owns them, which is its Client ID. */
const named = (call: ConfigurationCall): RegisteredProperty => {
  requireScope(call, 'properties.configuration:rw')
  const { clientId } = ownerApp(call)
  const { name } = parseFields(z.object({ name: z.string() }), call.body)
  const property = call.world.registeredProperties.get(`${clientId}.${name}`)
  if (!property) throw new ApiError('not_found', 'name: unknown property')
  return property
}

const register: ConfigurationMethod = (call) => {
  requireScope(call, 'properties.configuration:rw')
  const { clientId: namespace } = ownerApp(call)
  const { name, type, access } = parseFields(registerFields, call.body)
  const key = `${namespace}.${name}`
  if (call.world.registeredProperties.has(key)) throw new ApiError('already_exists')
  call.world.registeredProperties.set(key, { namespace, name, type, access, isPublished: false })
}

const unregister: ConfigurationMethod = (call) => {
  const { namespace, name } = named(call)
  call.world.registeredProperties.delete(`${namespace}.${name}`)
}

const publish: ConfigurationMethod = (call) => {
  named(call).isPublished = true
}

const list: ConfigurationMethod = (call) => {
  requireScope(call, 'properties.configuration:rw')
  const { clientId } = ownerApp(call)
  const own = [...call.world.registeredProperties.values()].filter(({ namespace }) => namespace === clientId)
  return Object.fromEntries(own.map(({ name, type, access }) => [name, { type, access }]))
}

/** Needs no scope. `name_prefix` narrows the list further. */
const listOfLicense: ConfigurationMethod = ({ world, body }) => {
  const fields = parseFields(z.object({ namespace: z.string().optional(), name_prefix: z.string().optional() }), body)
  const namespaces = Object.entries(world.license.properties).filter(
    ([namespace]) => fields.namespace === undefined || namespace === fields.namespace,
  )
  return Object.fromEntries(
    namespaces.map(([namespace, values]) => [
      namespace,
      Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith(fields.name_prefix ?? ''))),
    ]),
  )
}

export const propertyMethods: Record<string, ConfigurationMethod> = {
  register_property: register,
  unregister_property: unregister,
  publish_property: publish,
  list_properties: list,
  list_license_properties: listOfLicense,
}
