/** Tables that distinguish keys, which open many files, from links to one file. Parameters in plain small letters. */

const accounts =
  'access|api|app|auth|oauth|bot|user|session|refresh|id|bearer|private|secret|client|account|subscription|service|admin|license|consumer|login|personal'

/**
 * Parameters that hold an account's key at any place: `access_token`, `X-Api-Key`, `consumer_secret`. The `credential`
 * of Amazon and similar services is only the name of a key, and Slack's `pub_secret` opens one public file.
 */
export const keyNames = new RegExp(
  `(?:(?<!^pub)secret|password|passphrase|passwd|pwd|(?<!^x[a-z]{2,6})credentials?)$|(?:${accounts})(?:token|key)$|` +
    '(?:rc|ws|plex)token$|(?:user|db|ftp|smtp|mail|proxy|http|admin|login)pass$|' +
    '^(?:auth|authorization|bearer|pass|sessionid|jsessionid|phpsessid)$',
)

/** Parameters that may also hold the signature of one file. Amazon's `security-token` and similar ones always do. */
export const vagueKeyNames = /^(?!(?:x[a-z]+)?securitytoken$).*token(?:v?\d)?$|^(?:jwt|tempauth|session)$/

/** After such a name in a path, the next part is the key: `/api_key/…`. */
export const keySegments = /(?:access|api|auth|bot|client|consumer)(?:token|key|secret)$/
/** The same, unless the place makes a token for each file, or what follows is the name of a page. */
export const vagueKeySegments = /^(?:token|secret|password|passphrase|credentials)$/
export const pageWords =
  /^(?:change|confirm|create|edit|forgot|forgotten|generator|help|info|lost|new|policy|recover|recovery|request|reset|sale|send|set|strength|update|verify)$/

/** Places whose addresses are keys by themselves. */
export const keyHosts: readonly (readonly [host: RegExp, path: RegExp])[] = [
  [/^api\.telegram\.org$/, /\/bot/i],
  [/^hooks\.slack(?:-gov)?\.com$/, /./],
  [/^(?:[a-z]+\.)?discord(?:app)?\.com$/, /^\/api\/(?:v\d+\/)?webhooks\//],
  [/\.webhook\.office\.com$/, /./],
  [/^outlook\.office(?:365)?\.com$/, /^\/webhook/i],
  [/\.(?:logic\.azure\.com|powerplatform\.com)$/, /\/workflows\//],
  [/^chat\.googleapis\.com$/, /^\/v1\/spaces\//],
  [/^(?:hooks\.zapier\.com|hook\.[a-z0-9.]+\.make\.com|hook\.integromat\.com)$/, /./],
  [/^maker\.ifttt\.com$/, /\/key\//],
  [/^open\.(?:feishu\.cn|larksuite\.com)$/, /\/hook\//],
  [/^qyapi\.weixin\.qq\.com$/, /\/webhook\//],
  [/^webhook\.(?:botpress\.cloud|site)$|\.m\.pipedream\.net$/, /./],
  [/^connect\.pabbly\.com$/, /\/sendwebhookdata\//],
]

/** The path of an incoming webhook: a long id after "hooks", as chat services on one's own server have it. */
export const hookPath = /\/(?:incoming-?)?(?:web)?hooks?\/(?:[\w-]{1,40}\/){0,3}(?=[\w-]*\d)[\w-]{16}/i

/** The session of a visitor, where a server without cookies puts it: `/(S(…))/`. */
export const sessionPath = /\/\((?:[AFS]\([\w-]{16,200}\))+\)\//

/** Places that make a token for each file. Matched against host and path. */
export const oneFilePlaces: readonly RegExp[] = [
  /\/storage\/v1\/(?:object|render\/image)\/sign\//,
  /^firebasestorage\.googleapis\.com\/v0\/b\/[^/]+\/o\//,
  /^(?:raw|private-user-images)\.githubusercontent\.com\//,
  /^[a-z0-9-]+\.sharepoint\.com\//,
  /^[a-z0-9.-]+\.(?:zendesk|zdusercontent)\.com\/attachments\//,
]

/** At these places, even a parameter `key` or `code` holds an account's key. */
export const apiPlaces =
  /^(?:[a-z0-9-]+\.)*(?:api|maps)\.|^[a-z]+\.googleapis\.com\/|^[a-z0-9-]+\.azurewebsites\.net\/|^[^?#]*\/api\//

/** What keys of well-known services look like. Each must stand after a mark, so that the search is linear. */
export const keyShapes = new RegExp(
  [
    String.raw`\/bot\d+:[\w-]`, // Telegram
    String.raw`(?<!\d)\d{8,10}:[\w-]{30}`,
    String.raw`(?<![a-zA-Z0-9])(?:${[
      'xox[a-z](?:\\.xox[a-z])?-[\\w-]{8}', // Slack
      'xapp-\\d-\\w{6}',
      'gh[opsur]_\\w{20}',
      'github_pat_\\w{20}',
      'gl(?:pat|dt|rt|ptt|cbt|oas|soat)-[\\w-]{16}',
      '[sr]k_(?:live|test)_\\w{10}', // Stripe
      'whsec_\\w{16}',
      'sk-\\w{20}',
      'sk-(?:proj|ant|or|svcacct)-[\\w-]{20}',
      '(?:gsk|hf|npm|xai|r8|dckr_pat|figd|lin_api|ntn|secret|dop_v1|bp_pat|bp_bak)[_-][a-zA-Z0-9]{24}',
      'pypi-[\\w-]{24}',
      'shp(?:at|ca|pa|ss)_\\w{16}', // Shopify
      'SG\\.[\\w-]{16}[\\w-]*\\.[\\w-]{16}', // SendGrid
      'xkeysib-\\w{24}', // Brevo
      'key-[0-9a-f]{32}', // Mailgun
      'SK[0-9a-f]{32}', // Twilio
      'ya29\\.[\\w-]{16}', // Google
      'AIza[\\w-]{20}',
      'GOCSPX-[\\w-]{16}',
      'EAA[A-Za-z0-9]{24}', // Meta
      'sq0[a-z]{3}-[\\w-]{20}', // Square
      'pat-[a-z]{2}\\d-[0-9a-f]{8}-', // HubSpot
      '00D\\w{12,15}!', // Salesforce
      'ATATT3x[\\w-]{16}', // Atlassian
      'dapi[0-9a-f]{32}', // Databricks
      '[MNO][A-Za-z0-9]{23,27}\\.[\\w-]{6}\\.[\\w-]{27}', // Discord, a bot
      'sl\\.(?:u\\.)?[\\w-]{60}', // Dropbox
      '(?:Account|SharedAccess)Key=[\\w+/]{8}', // Azure
      '[Bb]earer[ +][\\w.~-]{8}',
    ].join('|')})`,
  ].join('|'),
)

export const jsonWebToken = /(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]/
