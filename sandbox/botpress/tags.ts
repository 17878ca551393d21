import { BotpressApiError } from './errors'
import type { BotpressKnobs } from './knobs'
import type { Tags } from './objects'

/** "Less than 500 characters" by the documents. */
const MAX_VALUE_LENGTH = 499

/** Refuses tags that the definition does not name, and values that are too long. */
export const checkTags = (given: Tags, defined: Record<string, unknown> | undefined, of: string): void => {
  for (const [key, value] of Object.entries(given)) {
    if (!defined || !(key in defined)) {
      throw new BotpressApiError('InvalidPayload', `Tag "${key}" is not defined for this ${of}`)
    }
    if (value.length > MAX_VALUE_LENGTH) {
      throw new BotpressApiError('InvalidPayload', `Tag "${key}" is longer than ${MAX_VALUE_LENGTH} characters`)
    }
  }
}

/** Changes only the given keys. An empty value removes its key. */
export const mergeTags = (current: Tags, changes: Tags): Tags =>
  Object.fromEntries(Object.entries({ ...current, ...changes }).filter(([, value]) => value !== ''))

/** The tags that the integration can see. */
export const visibleTags = (object: { tags: Tags; pluginTags: Tags }, knobs: BotpressKnobs): Tags => {
  const visible = { ...object.tags }
  if (!knobs.pluginTagsVisible) return visible
  for (const [key, value] of Object.entries(object.pluginTags)) visible[`hitl#${key}`] = value
  return visible
}

/**
 * Whether a get-or-create call means this object. Without discriminators, all tags must be equal, with none more or
 * fewer.
 */
export const isSameObject = (objectTags: Tags, given: Tags, discriminateByTags: string[] | undefined): boolean => {
  const keys = discriminateByTags ?? Object.keys(given)
  if (keys.length === 0) return false
  if (!discriminateByTags && Object.keys(objectTags).length !== keys.length) return false
  return keys.every((key) => objectTags[key] !== undefined && objectTags[key] === given[key])
}

export const hasTags = (objectTags: Tags, wanted: Tags): boolean =>
  Object.entries(wanted).every(([key, value]) => objectTags[key] === value)
