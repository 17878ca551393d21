import type { AgentEvent } from '../api'

/** `text` is put into the agent's field. `event` goes along with it. */
export type Canned = { id: string; hint: string } & ({ text: string } | { event: AgentEvent })

const button = (text: string) => ({ text, postback_id: text.toLowerCase().replaceAll(' ', '_'), user_ids: [] })

/** Prepared answers of an agent: texts, and each form of LiveChat's rich messages that agents use. */
export const cannedMessages: Canned[] = [
  { id: 'hello', hint: 'Text', text: 'Hello, thank you for waiting. How can I help you?' },
  { id: 'sorry', hint: 'Text', text: 'I am sorry to hear that. We will send you a new one today.' },
  {
    id: 'which-kettle',
    hint: 'Quick replies',
    event: {
      type: 'rich_message',
      template_id: 'quick_replies',
      elements: [
        { title: 'Which kettle is it?', buttons: ['The blue one', 'The red one', 'I am not sure'].map(button) },
      ],
    },
  },
  {
    id: 'new-kettle',
    hint: 'Card',
    event: {
      type: 'rich_message',
      template_id: 'cards',
      elements: [
        {
          title: 'Kettle, 1.7 litres',
          subtitle: 'A new one, sent today and free of charge.',
          buttons: ['Yes, please', 'No, thank you'].map(button),
        },
      ],
    },
  },
]

/** The beginning of a canned answer that is being typed at the end of a text: `#` and letters. */
export const typedShortcut = (text: string): string | undefined => /(?:^|\s)#([\w-]*)$/.exec(text)?.[1]

export const withoutShortcut = (text: string): string => text.replace(/#[\w-]*$/, '')
