import { z } from 'zod'
import { botpressDoubts, livechatDoubts } from '../../doubts'
import { armCommonFault, commonFaults } from '../common-faults'
import { faultInput, toFault } from '../fault-input'
import { knobTexts } from '../knob-texts'
import { changeKnobs, knobChoices, knobsChange } from '../knobs'
import { replay } from '../replay'
import type { Stage } from '../stage'
import { done, param, read, type Route } from './route'

const replayed = z.object({ body: z.string().optional() })

export const troubleRoutes = (stage: Stage): Route[] => {
  const { system } = stage
  const { livechat, botpress } = system
  return [
    { method: 'GET', path: '/api/faults', run: () => ({ json: { common: commonFaults } }) },
    {
      method: 'POST',
      path: '/api/faults',
      run: (call) => {
        const input = read(call, faultInput)
        system.faults[input.side].add(toFault(input))
        return done
      },
    },
    {
      method: 'POST',
      path: '/api/faults/common/:id',
      run: async (call) => {
        await armCommonFault(system, param(call, 'id'))
        return done
      },
    },
    {
      method: 'DELETE',
      path: '/api/faults',
      run: () => {
        system.faults.livechat.clear()
        system.faults.botpress.clear()
        livechat.knobs.webhookDuplicates = 1
        return done
      },
    },
    {
      method: 'POST',
      path: '/api/ledger/:seq/replay',
      cause: (call) => {
        const name = system.ledger.at(Number(param(call, 'seq')))?.name
        return { from: 'sandbox', who: 'You', title: `Replay of ${name ?? 'an entry that is not there'}` }
      },
      run: async (call) => ({
        json: await replay(stage, Number(param(call, 'seq')), read(call, replayed).body),
      }),
    },
    {
      method: 'GET',
      path: '/api/knobs',
      run: () => ({ json: { livechat: livechat.knobs, botpress: botpress.knobs } }),
    },
    {
      method: 'GET',
      path: '/api/knobs/choices',
      run: () => ({
        json: {
          livechat: knobChoices(livechat.knobs, livechatDoubts, knobTexts('livechat')),
          botpress: knobChoices(botpress.knobs, botpressDoubts, knobTexts('botpress')),
        },
      }),
    },
    {
      method: 'PATCH',
      path: '/api/knobs',
      run: (call) => {
        const change = read(call, knobsChange)
        changeKnobs(livechat.knobs, livechatDoubts, change.livechat)
        changeKnobs(botpress.knobs, botpressDoubts, change.botpress)
        return done
      },
    },
  ]
}
