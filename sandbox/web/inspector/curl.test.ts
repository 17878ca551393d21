import { expect, it } from 'vitest'
import { toCurl } from './curl'

it('is a command that a shell takes word by word, whatever is in it', () => {
  const command = toCurl({
    method: 'POST',
    url: 'https://api.livechatinc.com/v3.6/customer/action/send_event?a=1&b=2',
    requestHeaders: { host: 'x', 'content-type': 'application/json', authorization: '••••••' },
    request: `{"text":"It's $HOME"}`,
  })
  expect(command.split(' \\\n  ')).toEqual([
    `curl -X POST 'https://api.livechatinc.com/v3.6/customer/action/send_event?a=1&b=2'`,
    `-H 'content-type: application/json'`,
    `-H 'authorization: ••••••'`,
    `--data-raw '{"text":"It'\\''s $HOME"}'`,
  ])
})
