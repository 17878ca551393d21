import type { Properties } from '../model'

/** Writes `changes` into `target`, property by property. */
export const mergeProperties = (target: Properties, changes: Properties | undefined): void => {
  for (const [namespace, values] of Object.entries(changes ?? {})) {
    target[namespace] = { ...target[namespace], ...values }
  }
}

/** Removes the named properties from `target`, and namespaces that become empty. */
export const removeProperties = (target: Properties, names: Record<string, string[]>): void => {
  for (const [namespace, list] of Object.entries(names)) {
    const kept = Object.entries(target[namespace] ?? {}).filter(([name]) => !list.includes(name))
    if (kept.length > 0) target[namespace] = Object.fromEntries(kept)
    else Reflect.deleteProperty(target, namespace)
  }
}

/** A separate copy, so that later changes do not alter earlier payloads. */
export const copyProperties = (properties: Properties): Properties => structuredClone(properties)
