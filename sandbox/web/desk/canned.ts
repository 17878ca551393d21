import type { AgentEvent } from '../api'

export type Canned = { id: string; title: string; hint: string; event: AgentEvent }

const button = (text: string) => ({ text, postback_id: text.toLowerCase().replaceAll(' ', '_'), user_ids: [] })

/** Prepared answers of an agent: texts, and each form of LiveChat's rich messages that agents use. */
export const cannedMessages: Canned[] = [
  {
    id: 'hello',
    title: '#hello',
    hint: 'Text',
    event: { type: 'message', text: 'Hello, thank you for waiting. How can I help you?' },
  },
  {
    id: 'sorry',
    title: '#sorry',
    hint: 'Text',
    event: { type: 'message', text: 'I am sorry to hear that. We will send you a new one today.' },
  },
  {
    id: 'which',
    title: '#which-kettle',
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
    id: 'offer',
    title: '#new-kettle',
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
