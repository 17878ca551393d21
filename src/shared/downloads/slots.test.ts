import { describe, expect, it } from 'vitest'
import { createGate, createSlots } from './slots'

const never = new AbortController().signal

describe('slots', () => {
  it('let the others wait, in order, until one is free', async () => {
    const slots = createSlots(2)
    const seen: string[] = []
    const enter = async (name: string): Promise<() => void> => {
      const leave = await slots.enter(never)
      seen.push(name)
      return leave
    }
    const first = await enter('first')
    await enter('second')
    const third = enter('third')
    const fourth = enter('fourth')
    await Promise.resolve()
    expect(seen).toEqual(['first', 'second'])
    first()
    first()
    const leaveThird = await third
    expect(seen).toEqual(['first', 'second', 'third'])
    leaveThird()
    await fourth
    expect(seen).toEqual(['first', 'second', 'third', 'fourth'])
  })

  it('are not taken by work that has given up waiting', async () => {
    const slots = createSlots(1)
    const leave = await slots.enter(never)
    const controller = new AbortController()
    const waiting = slots.enter(controller.signal)
    controller.abort(new Error('too late'))
    await expect(waiting).rejects.toThrow('too late')
    await expect(slots.enter(controller.signal)).rejects.toThrow('too late')
    leave()
    await expect(slots.enter(never)).resolves.toBeTypeOf('function')
  })
})

it('a gate lets in as many as there is room for', () => {
  const gate = createGate(1)
  const leave = gate.enter()
  expect(gate.enter()).toBeUndefined()
  leave?.()
  expect(gate.enter()).toBeTypeOf('function')
})
