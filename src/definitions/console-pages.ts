const app = 'Developer Console > Apps > your app'

/** Where the bot's owner clicks: the paths to pages of LiveChat's Developer Console, and of LiveChat itself. */
export const pages = {
  authorization: `${app} > Building blocks > App Authorization`,
  webhooks: `${app} > Building blocks > Chat Webhooks`,
  installation: `${app} > Private Installation`,
  account: 'Developer Console > Settings > Account',
  tokens: 'Developer Console > Settings > Authorization > Personal Access Tokens',
  groups: 'LiveChat > Team > Groups',
} as const
