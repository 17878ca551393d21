import type { Judge } from './facts'
import { notChecked, ok, warning } from './finding'

const toleratedMs = 60_000

export const clockCheck: Judge = {
  id: 'clock',
  title: 'Clock',
  judge: ({ clock }) => {
    if (!clock) return notChecked('LiveChat’s answers carried no time')
    const seconds = Math.round(Math.abs(clock.aheadMs) / 1000)
    if (Math.abs(clock.aheadMs) <= toleratedMs) return ok('The clock agrees with LiveChat’s.')
    return warning(
      `The clock is ${seconds} s ${clock.aheadMs > 0 ? 'ahead of' : 'behind'} LiveChat’s.`,
      'Set the clock of the machine that made this check; if it ran in Botpress, tell Botpress support. With a wrong clock tokens are renewed at the wrong time.',
    )
  },
}
