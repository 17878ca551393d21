import type { Locator, Page } from 'playwright-core'
import { pluginTexts } from '../../sandbox/botpress'

/** Longer than the drop window of a session, and than an end waits for what happened in it. */
const AFTER_DROP_WINDOW_MS = 10_000

/**
 * The page as users operate it: by what they see and by what a screen reader says.
 * @param moveOn moves the sandbox's time on. Without it, a talk starts in real time.
 */
export const createSides = (page: Page, moveOn: (durationMs: number) => Promise<void> = () => Promise.resolve()) => {
  const customer = page.getByRole('region', { name: 'Customer' })
  const desk = page.getByRole('region', { name: 'Agent' })
  const inspector = page.getByRole('region', { name: 'Inspector' })
  const transcript = desk.getByRole('log', { name: 'Messages' })
  const openMenu = async (opener: Locator, item: string): Promise<void> => {
    await opener.click()
    const choice = page.getByRole('menuitem', { name: item }).or(page.getByRole('menuitemradio', { name: item }))
    await choice.click()
  }
  const session = customer.getByTestId('session')
  const customerSays = async (text: string): Promise<void> => {
    const field = customer.getByRole('textbox', { name: 'Message Input' })
    await field.fill(text)
    await field.press('Enter')
  }
  /** The agent opens the customer's chat and picks it up. */
  const pickUp = async (name: string): Promise<void> => {
    await desk.getByRole('navigation', { name: 'Chats' }).getByRole('button', { name }).click()
    await desk.getByRole('button', { name: 'Pick up' }).click()
    await desk.getByRole('textbox', { name: 'Message to the customer' }).waitFor()
  }
  /** Lets the plugin's drop window pass, in which what the agent does waits. */
  const passDropWindow = (): Promise<void> => moveOn(AFTER_DROP_WINDOW_MS)
  return {
    customer,
    desk,
    inspector,
    transcript,
    session,
    customerSays,
    pickUp,
    passDropWindow,
    /** Opens a session of the customer with an agent, after the plugin's drop window. */
    startTalk: async (request = 'A person, please'): Promise<void> => {
      await customerSays(request)
      await pickUp('Teal Visitor')
      await passDropWindow()
      await customer.getByText(pluginTexts.agentAssigned).waitFor()
    },
    addCustomer: async (name: string, email: string): Promise<void> => {
      await customer.getByRole('button', { name: 'New' }).click()
      await customer.getByRole('textbox', { name: 'Name' }).fill(name)
      await customer.getByRole('textbox', { name: 'E-mail' }).fill(email)
      await customer.getByRole('button', { name: 'Add', exact: true }).click()
      await customer.getByPlaceholder(`Write as ${name}`).waitFor()
    },
    agentSays: async (text: string): Promise<void> => {
      const field = desk.getByRole('textbox', { name: 'Message to the customer' })
      await field.fill(text)
      await field.press('Enter')
    },
    agentNotes: async (text: string): Promise<void> => {
      await desk.getByRole('button', { name: 'Private note' }).click()
      await desk.getByRole('textbox', { name: 'Private note' }).fill(text)
      await desk.getByRole('button', { name: 'Add note' }).click()
      await desk.getByRole('button', { name: 'Message', exact: true }).click()
    },
    actAs: (agent: string): Promise<void> =>
      desk.getByRole('group', { name: 'Agents' }).getByRole('button', { name: agent }).click(),
    transferTo: (target: string): Promise<void> =>
      openMenu(desk.getByRole('button', { name: 'Transfer', exact: true }), target),
    /** Takes a canned response, and sends it. */
    sendCanned: async (title: string): Promise<void> => {
      await openMenu(desk.getByRole('button', { name: 'Canned responses' }), title)
      await desk.getByRole('button', { name: 'Send', exact: true }).click()
    },
    setStatus: (present: string, next: string): Promise<void> =>
      openMenu(desk.getByRole('button', { name: present, exact: true }), next),
    arm: (fault: string): Promise<void> => openMenu(inspector.getByRole('button', { name: 'Faults' }), fault),
    /** Chooses what the inspector shows. */
    inspect: (tab: string): Promise<void> =>
      inspector.getByRole('group', { name: 'What to show' }).getByRole('button', { name: tab }).click(),
    openControls: async (tab: string): Promise<Locator> => {
      const controls = page.getByRole('complementary', { name: 'Controls' })
      if (!(await controls.isVisible())) await page.getByRole('button', { name: 'Controls', exact: true }).click()
      await controls.getByRole('group').getByRole('button', { name: tab }).click()
      return controls
    },
    /** What an agent or LiveChat does with the open chat more rarely. */
    moreActions: (action: string): Promise<void> =>
      openMenu(desk.getByRole('button', { name: 'More actions' }), action),
    /** Edits or deletes the last message of the agent. */
    changeLast: async (action: string): Promise<void> => {
      await transcript.locator('.line').last().hover()
      await openMenu(desk.getByRole('button', { name: 'Change this message' }).last(), action)
    },
    openMenu,
    /** What the agent reads from the customer in the open chat, line by line. */
    customerLines: (): Promise<string[]> =>
      transcript.locator('.line[data-side="customer"] .line__body').allTextContents(),
    chats: (group: 'incoming' | 'active' | 'queued' | 'others' | 'closed'): Locator =>
      desk.getByTestId(`chats-${group}`).getByRole('listitem'),
  }
}

export type Sides = ReturnType<typeof createSides>
