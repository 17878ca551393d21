import { describe, expect, it } from 'vitest'
import { isKey, shownAddress, withoutKeys } from './safe-address'

const telegram = 'https://api.telegram.org/file/bot7012345678:AAH-x_Yz0123456789abcdefghijklmnopq/photos/file_0.jpg'
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'

/** As Amazon writes a policy into an address. */
const cloudFrontPolicy = (resource: string): string =>
  Buffer.from(JSON.stringify({ Statement: [{ Resource: resource, Condition: {} }] }))
    .toString('base64')
    .replace(/[+=/]/g, (mark) => ({ '+': '-', '=': '_', '/': '~' })[mark] ?? '')

const keys: [what: string, address: string][] = [
  ['Telegram, a file', telegram],
  ['Telegram, its colon encoded', telegram.replace(':AAH', '%3AAAH')],
  ['Telegram, a short token', 'https://api.telegram.org/file/bot123:ABC/voice/file_1.oga'],
  ['Telegram, in another letter case', 'HTTPS://API.TELEGRAM.ORG/file/bot123:ABC/x.jpg'],
  ['Telegram, without a scheme', 'api.telegram.org/file/bot123:ABC/x.jpg'],
  ['Telegram, without a protocol', '//api.telegram.org/file/bot123:ABC/x.jpg'],
  ['a Telegram server of one’s own', 'http://bots.example:8081/file/bot123456:AAHabc/x.jpg'],
  ['Telegram, behind a proxy for pictures', `https://img.example/?url=${encodeURIComponent(telegram)}`],
  ['Telegram, encoded twice', `https://img.example/?url=${encodeURIComponent(encodeURIComponent(telegram))}`],
  ['Telegram, in a path', `https://img.example/resize/300/${telegram}`],
  ['a user and a password', 'https://user:pass@files.example/a.jpg'],
  ['Twilio', 'https://AC0123456789abcdef0123456789abcdef:token@api.twilio.com/2010-04-01/Accounts/AC0/Media/ME0'],
  ['a user alone', 'https://ghp_0123@github.com/a/b/raw/x.png'],
  ['a password alone', 'https://:password@files.example/x.png'],
  ['a password for ftp', 'ftp://user:pass@files.example/x.png'],
  ['a password in an inner address', `https://img.example/?u=${encodeURIComponent('https://u:p@files.example/a.jpg')}`],
  ['a password, behind one slash', 'https:/user:PW@files.example/a.jpg'],
  ['a password, behind no slash', 'https:user:PW@files.example/a.jpg'],
  ['a password, behind many slashes', 'https://///user:PW@files.example/a.jpg'],
  ['a password, behind escaped slashes', String.raw`https:\/\/user:PW@files.example/a.jpg`],
  ['a password, behind other slashes', String.raw`https:\\user:PW@files.example/a.jpg`],
  ['a password, before a wrong port', 'https://user:PW@files.example:99999/a.jpg'],
  ['a password with a slash', 'https://user:P/W@files.example/a.jpg'],
  ['a password with a number sign', 'https://user:P#W@files.example/a.jpg'],
  ['a password with a quote', 'https://user:P"W@files.example/a.jpg'],
  ['a password with a blank', 'https://user:P W@files.example/a.jpg'],
  ['a password, all encoded', encodeURIComponent('https://user:PW@files.example/a.jpg')],
  [
    'a password, encoded three times',
    encodeURIComponent(encodeURIComponent(encodeURIComponent('https://u:PW@f.example'))),
  ],
  ['a password, in another scheme', 'xhttps://user:PW@files.example/a.jpg'],
  ['a password, for a database', 'postgres://user:PW@db.example/x'],
  ['a password, without a scheme', '//user:PW@files.example/a.jpg'],
  ['a password, without slashes', 'user:PW@files.example/a.jpg'],
  ['a password in the path', 'https://img.example/resize/user:PW@files.example/a.jpg'],
  ['a password in a parameter', 'https://img.example/?url=user:PW@files.example/a.jpg'],
  ['a password in an inner address with one slash', 'https://img.example/https:/user:PW@files.example/a.jpg'],
  ['a password in the second inner address', 'https://a.example/?x=https://b.example&y=https://u:PW@c.example/z'],
  ['Telegram, with an invisible character', telegram.replace(':AAH', ':\u200BAAH').replace('/bot', '/b\u00ADot')],
  ['Telegram, its token under any name', `https://img.example/?t=${telegram.slice(33, 80)}`],
  [
    'Amazon, a whole folder',
    `https://d1.cloudfront.net/a/b.mp4?Policy=${cloudFrontPolicy('https://d1.cloudfront.net/a/*')}&Signature=ab&Key-Pair-Id=K1`,
  ],
  ['Akamai, a whole folder', 'https://media.example/a/b.mp4?hdnts=exp=1800000000~acl=/a/*~hmac=0123'],
  ['Akamai, a whole folder, encoded', 'https://media.example/a.mp4?hdnea=st=1~exp=2~acl=%2f*~hmac=0123'],
  ['Bunny, a whole folder', 'https://x.b-cdn.net/a/b.mp4?token=abc&token_path=%2Fa%2F&expires=1800000000'],
  [
    'Bunny, a whole folder, in the path',
    'https://x.b-cdn.net/bcdn_token=abc&expires=1800000000&token_path=%2Fa%2F/a/b.mp4',
  ],
  ['Rocket.Chat', 'https://chat.example/file-upload/1/a.jpg?rc_uid=u&rc_token=abc'],
  ['Moodle', 'https://school.example/webservice/pluginfile.php/1/a.jpg?wstoken=abc'],
  ['Plex', 'https://plex.example/photo?X-Plex-Token=abc'],
  ['a consumer’s secret', 'https://shop.example/wp-json/wc/v3/a?consumer_key=ck_1&consumer_secret=cs_1'],
  ['a passphrase', 'https://media.example/a?my-passphrase=abc'],
  ['credentials', 'https://media.example/a?credentials=abc'],
  ['a token of an unknown kind', 'https://media.example/a?fooToken=abc'],
  ['a token in a path', 'https://media.example/token/abcdef/a.jpg'],
  ['a parameter in a path', 'https://media.example/access_token=abcdef/a.jpg'],
  ['a path alone', '/api_key/SECRET.jpg'],
  ['a path without a slash', 'api_key/SECRET/a.jpg'],
  ['Slack, a workflow', 'https://hooks.slack.com/triggers/T0/1/abc'],
  ['Teams, a webhook', 'https://x.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4'],
  ['Teams, an older webhook', 'https://outlook.office.com/webhook/1@2/IncomingWebhook/3/4'],
  ['Teams, a workflow', 'https://prod-1.westus.logic.azure.com:443/workflows/0a/triggers/manual/paths/invoke?sig=ab'],
  ['Google Chat', 'https://chat.googleapis.com/v1/spaces/AAA/messages?key=a&token=b'],
  ['Mattermost', 'https://chat.example/hooks/3b1nzq6y5pbb8pd3nm7rm6f9ee'],
  ['Rocket.Chat, a webhook', 'https://chat.example/hooks/5f3c9a1b2d4e6f7a8b9c0d1e/aB3dE5fG7hJ9kL1mN3pQ5rS7'],
  ['Webex', 'https://webexapis.com/v1/webhooks/incoming/Y2lzY29zcGFyazovL3VzL1dFQkhPT0sx'],
  ['Lark', 'https://open.larksuite.com/open-apis/bot/v2/hook/0123-abc'],
  ['WeCom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123'],
  ['Zapier', 'https://hooks.zapier.com/hooks/catch/1/abc/'],
  ['IFTTT', 'https://maker.ifttt.com/trigger/x/with/key/abc'],
  ['GitLab, by its look', `https://media.example/a?x=glpat-${'a'.repeat(20)}`],
  ['OpenAI, by its look', `https://media.example/a?x=sk-proj-${'a'.repeat(40)}`],
  ['npm, by its look', `https://media.example/npm_${'a'.repeat(36)}/a`],
  ['Mailgun, by its look', `https://media.example/a?x=key-${'0a'.repeat(16)}`],
  ['Twilio, by its look', `https://media.example/a?x=SK${'0a'.repeat(16)}`],
  ['Botpress, by its look', `https://media.example/a?x=bp_pat_${'a'.repeat(32)}`],
  ['Meta', 'https://graph.facebook.com/v19.0/123/picture?type=large&access_token=EAAB'],
  ['Meta, with a signature beside', 'https://lookaside.fbsbx.com/x/?asset_id=1&signature=ab&access_token=1|b'],
  ['WeChat', 'https://api.weixin.qq.com/cgi-bin/media/get?access_token=ACCESS&media_id=M'],
  ['Slack, by a token in the query', 'https://files.slack.com/files-pri/T0-F0/a.jpg?t=xoxe-1234567890-abcdef'],
  ['Slack, by a bot’s token', 'https://files.slack.com/files-pri/T0-F0/a.jpg?token=xoxb-123-456-abc'],
  ['Slack, a webhook', 'https://hooks.slack.com/services/T0/B0/XXXX'],
  ['Discord, a webhook', 'https://discord.com/api/webhooks/123/token'],
  ['an API key', 'https://cdn.example/a.jpg?api_key=abc'],
  ['an API key in another style', 'https://cdn.example/a.jpg?X-Api-Key=abc'],
  ['an API key with brackets', 'https://cdn.example/a.jpg?auth%5Bapi_key%5D=abc'],
  ['Vonage', 'https://api.nexmo.com/v3/media/1?api_key=a&api_secret=b'],
  ['an auth token', 'https://media.example/a?AuthToken=abc'],
  ['a client’s secret', 'https://media.example/a?client_secret=abc'],
  ['a bearer', 'https://media.example/a?authorization=Bearer%20abcdefgh'],
  ['a bearer under any name', 'https://media.example/a?h=Bearer+abcdefghijk'],
  ['a password in the query', 'https://media.example/a?user=x&password=abc'],
  ['a session', 'https://media.example/a;jsessionid=ABC123?x=1'],
  ['a token in the fragment', 'https://media.example/a#access_token=abc'],
  ['a token that may be an account’s', 'https://media.example/a.jpg?token=abcdef'],
  ['a JSON web token', `https://api.example/files/1?t=${jwt}`],
  ['a JSON web token in a path', `https://api.example/files/${jwt}/a.jpg`],
  ['a key in a path', 'https://api.example/api_key/abc/a.jpg'],
  ['a map with a key', 'https://maps.googleapis.com/maps/api/staticmap?center=1,2&key=AIzaFAKE'],
  ['Google, by its look', `https://media.example/a?k=AIza${'a'.repeat(35)}`],
  ['GitHub, by its look', `https://media.example/a?x=ghp_${'a'.repeat(36)}`],
  ['Stripe, by its look', 'https://files.example/a?x=sk_live_0123456789abcdef'],
  ['a function of Azure', 'https://app.azurewebsites.net/api/file?code=abc=='],
  ['Azure, a whole container', 'https://a.blob.core.windows.net/c/x.jpg?sv=2022-11-02&sr=c&sp=rl&sig=ab%3D'],
  ['Azure, a whole account', 'https://a.blob.core.windows.net/c/x.jpg?sv=2022-11-02&ss=b&srt=sco&se=2030-01-01&sig=ab'],
  ['Google, a whole folder', 'https://cdn.example/a.jpg?URLPrefix=aHR0cHM&Expires=1&KeyName=k&Signature=ab'],
  ['a password of digits with a slash', 'https://user:12/34@files.example/a.jpg'],
  ['a password of digits with a slash, for a user with a dot', 'https://jo.doe:12/34@files.example/a.jpg'],
  ['a password of digits with a question mark', 'https://user:12?34@files.example/a.jpg'],
  ['a password that begins with digits', 'https://user:8080/b1@files.example/a.jpg'],
  ['a password in an inner address in Base64', `https://img.example/rs:fit/${btoa('https://u:p@files.example/a.jpg')}`],
  ['Telegram, in an inner address in Base64', `https://img.example/?u=${btoa(telegram).replace(/=/g, '')}`],
  ['Discord, a bot by its look', `https://media.example/a?x=MTA0MjE2NzA5ODc2NTQzMjE1Ng.GhTlqY.${'a'.repeat(38)}`],
  ['Dropbox, by its look', `https://media.example/a?x=sl.${'aB'.repeat(60)}`],
  ['Google Drive with a key', 'https://www.googleapis.com/drive/v3/files/1?alt=media&key=abcd'],
  ['Notion, a person’s token', 'https://file.notion.so/f/a?token_v2=v02%3Auser_token%3Aabc'],
  ['a visitor’s session in a path', 'https://shop.example/(S(lit3py55t21z5v55vlm25s55))/a.aspx'],
  ['a user’s password under another name', 'https://media.example/a?ftp_pass=abc'],
  ['a webhook of Botpress', 'https://webhook.botpress.cloud/0b7f4a1e-1234-4321-abcd-0123456789ab'],
  ['a link that sets a new password', 'https://shop.example/password/reset/abcdef'],
  ['an API key beside a signature', 'https://b.s3.amazonaws.com/a?X-Amz-Signature=ab&api_key=abc'],
]

const links: [what: string, address: string][] = [
  ['plain', 'https://files.example/a.jpg'],
  ['plain with a query', 'https://files.example/a.jpg?v=2&w=300&format=webp'],
  ['Botpress', 'https://files.bpcontent.cloud/2026/01/02/03/20260102-ABCDEF.png'],
  ['Botpress, signed', 'https://files.bpcontent.cloud/_private/file_1?expires=1800000000000&signature=0123456789ab'],
  [
    'S3',
    'https://b.s3.amazonaws.com/a.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAEXAMPLE%2F20260101&X-Amz-Expires=3600&X-Amz-Security-Token=FwoGZXIvYXdzEJr&X-Amz-Signature=ab',
  ],
  ['S3, version 2', 'https://b.s3.amazonaws.com/a.pdf?AWSAccessKeyId=AKIAEXAMPLE&Expires=1&Signature=ab%3D'],
  ['Google', 'https://storage.googleapis.com/b/a.pdf?X-Goog-Credential=x%40y&X-Goog-Expires=60&X-Goog-Signature=ab'],
  ['Google, version 2', 'https://storage.googleapis.com/b/a.pdf?GoogleAccessId=x&Expires=1&Signature=ab'],
  ['Azure, one blob', 'https://a.blob.core.windows.net/c/a.pdf?sv=2022-11-02&sr=b&sp=r&se=2030-01-01&sig=ab%3D'],
  ['CloudFront', 'https://d1.cloudfront.net/a.pdf?Expires=1&Signature=ab__&Key-Pair-Id=K1'],
  ['WhatsApp', 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=2&hash=ARs'],
  ['Facebook', 'https://scontent.xx.fbcdn.net/v/a.jpg?_nc_cat=1&oh=00_ab&oe=66'],
  ['Discord', 'https://cdn.discordapp.com/attachments/1/2/a.png?ex=66&is=65&hm=ab'],
  ['Slack, a public file', 'https://slack-files.com/T0-F0-abcdef0123'],
  ['Firebase', 'https://firebasestorage.googleapis.com/v0/b/x.appspot.com/o/a.jpg?alt=media&token=0-1-2'],
  ['Supabase', `https://x.supabase.co/storage/v1/object/sign/b/a.jpg?token=${jwt}`],
  ['GitHub', `https://private-user-images.githubusercontent.com/1/a.png?jwt=${jwt}`],
  ['a token with the time of its end', 'https://x.b-cdn.net/a.mp4?token=abc&expires=1800000000'],
  ['SharePoint', `https://x.sharepoint.com/_layouts/15/download.aspx?UniqueId=1&tempauth=${jwt}`],
  ['Dropbox', 'https://www.dropbox.com/scl/fi/a/b.pdf?rlkey=abc&dl=1'],
  [
    'CloudFront, one file by a policy',
    `https://d1.cloudfront.net/a.pdf?Policy=${cloudFrontPolicy('https://d1.cloudfront.net/a.pdf')}&Signature=ab&Key-Pair-Id=K1`,
  ],
  ['Akamai, one file', 'https://media.example/a.mp4?hdnts=exp=1800000000~acl=/a.mp4~hmac=0123'],
  [
    'Aliyun',
    'https://b.oss.example/a.pdf?x-oss-credential=K%2F2026&x-oss-expires=60&x-oss-signature=ab&x-oss-security-token=x',
  ],
  ['Slack, a public file with its secret', 'https://files.slack.com/files-pri/T1-F1/a.png?pub_secret=0123456789'],
  ['Zendesk', 'https://x.zendesk.com/attachments/token/abc123/?name=a.jpg'],
  ['an inner address in Base64', `https://img.example/rs:fit/${btoa('https://files.example/a.jpg')}`],
  ['a page for a new password', 'https://shop.example/password/reset'],
  ['a port', 'https://files.example:8443/a.jpg'],
  ['a port before an e-mail address', 'https://files.example:8443/users/jo@example.com/a.jpg'],
  ['a port before a digit and an @', 'https://files.example:8443/12@home/a.jpg'],
  ['an e-mail address in a parameter', 'https://files.example/send?to=mailto:jo@example.com'],
  ['an e-mail address in a path', 'https://files.example/jo@example.com/a.jpg'],
  ['a time in a path', 'https://files.example/2026-01-02T10:30:00/a.jpg'],
  ['a page about hooks', 'https://example.com/docs/webhooks/how-to-make-them'],
  ['a page about secrets', 'https://example.com/victorias-secret/a.jpg'],
  ['a page about tokens', 'https://example.com/what-is-a-token/a.jpg'],
  ['an address inside', 'https://img.example/?url=https%3A%2F%2Ffiles.example%2Fa.jpg&w=1'],
  ['a source’s key', 'https://files.example/a.jpg?srckey=uploads'],
  ['an object’s key', 'https://files.example/download?key=uploads/a.jpg'],
  ['an empty token', 'https://files.example/a.jpg?token='],
  ['a word that looks like a key’s beginning', 'https://example.com/sk-SK/navod-na-pouzitie-kavovaru'],
  ['a bot’s page', 'https://example.com/botany/bot-1/a.jpg'],
  ['a profile with @', 'https://medium.com/@jo/photo-1?x=jo@example.com'],
  ['a map', 'https://www.google.com/maps?q=51.5,-0.12'],
  ['no address', 'not an address: at all'],
  ['nothing', ''],
]

describe('an address that opens more than one file', () => {
  it.each(keys)('is recognised: %s', (_, address) => {
    expect(isKey(address)).toBe(true)
    expect(shownAddress(address)).toEqual({ reason: 'which cannot be linked safely' })
  })

  it.each(keys.filter(([, address]) => /^https?:\/\/\S+$/i.test(address)))(
    'is left out of a flow’s text: %s',
    (_, address) => {
      const left = '[a link that cannot be shown safely]'
      expect(withoutKeys(`See ${address}.`)).toBe(`See ${left}.`)
      expect(withoutKeys(`Photo (${address}), and more`)).toBe(`Photo (${left}), and more`)
    },
  )
})

describe('an address that opens one file, or nothing secret,', () => {
  it.each(links)('is shown whole: %s', (_, address) => {
    expect(shownAddress(address)).toEqual({ address })
    expect(withoutKeys(`See ${address}, please`)).toBe(`See ${address}, please`)
  })
})

describe('an address that means something only to the program that made it', () => {
  it.each([
    'cid:image001.png@01DB',
    'blob:https://a.example/1',
    'file:///C:/a.png',
    '\0data:text/plain,x',
    '"data:,x"',
    'da\tta:,x',
  ])('is not shown: %j', (address) => {
    expect(shownAddress(address)).toEqual({ reason: 'which has no address of its own' })
  })
})
