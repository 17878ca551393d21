import type { Sandbox } from '../../sandbox/start-sandbox'

/** Events that reached the bot's flows, oldest first. */
export const botEvents = (sandbox: Sandbox, type: string): Record<string, unknown>[] =>
  sandbox.installation.botEvents().flatMap((event) => (event.type === type ? [event.payload] : []))

/** Makes agents unavailable: a session that starts now has to wait. */
export const sendHome = (sandbox: Sandbox, ...emails: string[]): void => {
  for (const email of emails) sandbox.livechat.desk.setStatus(email, 'offline')
}
