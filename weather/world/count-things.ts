import { Session } from 'node:inspector'

/**
 * How much is alive in this operating-system process: all objects, and what their lists, maps and sets hold. Collects
 * garbage first.
 */
export const countThings = (): number => {
  const session = new Session()
  session.connect()
  try {
    return (
      countAll(session, 'Object', 'function () { return this.length }') +
      countAll(session, 'Array', 'function () { return this.reduce((sum, list) => sum + list.length, 0) }') +
      countAll(session, 'Map', sumOfSizes('Map')) +
      countAll(session, 'Set', sumOfSizes('Set'))
    )
  } finally {
    session.disconnect()
  }
}

/** A prototype is in the list, too, and has no size. */
const sumOfSizes = (type: 'Map' | 'Set'): string => `function () {
  const { get } = Object.getOwnPropertyDescriptor(${type}.prototype, 'size')
  const sizeOf = (each) => { try { return get.call(each) } catch { return 0 } }
  return this.reduce((sum, each) => sum + sizeOf(each), 0)
}`

const GROUP = { objectGroup: 'count' }

/** Calls a function whose `this` is the list of all objects of a type. */
const countAll = (session: Session, type: string, functionDeclaration: string): number => {
  const prototype = post(session, 'Runtime.evaluate', { expression: `${type}.prototype`, ...GROUP })
  const all = post(session, 'Runtime.queryObjects', { prototypeObjectId: prototype.result?.objectId, ...GROUP })
  const objectId = all.objects?.objectId
  const counted = post(session, 'Runtime.callFunctionOn', { objectId, functionDeclaration, returnByValue: true })
  post(session, 'Runtime.releaseObjectGroup', GROUP)
  if (typeof counted.result?.value !== 'number') throw new Error(`Each ${type} could not be counted`)
  return counted.result.value
}

type Answer = { result?: { objectId?: string; value?: unknown }; objects?: { objectId?: string } }

/** The inspector of one's own process answers at once. */
const post = (session: Session, method: string, parameters: object): Answer => {
  let answer: Answer = {}
  session.post(method, parameters, (error, result) => {
    if (error) throw new Error(`${method}: ${error.message}`)
    answer = (result ?? {}) as Answer
  })
  return answer
}
