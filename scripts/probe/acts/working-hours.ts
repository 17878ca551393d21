import { accepted } from '../calls'
import { at, listAt, textAt } from '../json'
import { CannotSee } from '../sighting'
import type { Act } from './act'

/** How LiveChat gives an agent's working hours. */
export const workingHours: Act = {
  title: 'Working hours',
  beliefs: ['workSchedulerShape'],
  play: async ({ configuration, me }, tell) => {
    const fields = ['work_scheduler', 'job_title']
    const agents = listAt(accepted('list_agents', await configuration('list_agents', { fields })).body)
    const own = agents.find((agent) => textAt(agent, 'id') === me.email)
    if (at(own, 'job_title') === undefined) throw new CannotSee('not even another extra field of an agent came')
    const control = 'another extra field that was asked for in the same call came'
    const hours = at(own, 'work_scheduler')
    if (hours === undefined || hours === null)
      return tell('workSchedulerShape', { value: 'absent', seen: 'Not at all', control })
    const names = Object.keys(hours)
    if (names.length === 0)
      throw new CannotSee(`give ${me.email} working hours in LiveChat: without them the field is empty`)
    const isSchedule = Array.isArray(at(hours, 'schedule')) && at(hours, 'timezone') !== undefined
    const isByDay = names.some((name) => /^monday$/i.test(name))
    tell('workSchedulerShape', {
      ...(isSchedule ? { value: 'schedule' } : isByDay ? { value: 'by_day' } : {}),
      seen: `With the fields ${names.join(', ')}`,
      control,
    })
  },
}
