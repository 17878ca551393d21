import { defaultKnobs as botpressDefaults } from '../../sandbox/botpress/knobs'
import { readKnobSettings } from '../../sandbox/knob-settings'
import { defaultKnobs as livechatDefaults } from '../../sandbox/livechat/knobs'

/**
 * Runs before each test file of `npm run test:doubts`. Sets other defaults for the knobs of both emulators, from the
 * variable `SANDBOX_KNOBS` (a JSON list of `name=value`). What a test sets itself stays.
 */
const settings = readKnobSettings(JSON.parse(process.env['SANDBOX_KNOBS'] ?? '[]') as string[])
Object.assign(livechatDefaults, settings.livechatKnobs)
Object.assign(botpressDefaults, settings.botpressKnobs)
