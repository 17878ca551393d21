import type { LiveChatEvent } from '../livechat/schema'

export type Element = NonNullable<LiveChatEvent['elements']>[number]
export type Button = NonNullable<Element['buttons']>[number]

/** A button that sends an answer to LiveChat, unlike one that opens a page or dials. */
export type Choice = {
  /** The end user may reply with it. Counts from 1 across all cards of the message. */
  number: number
  label: string
  postbackId: string
  buttonType: string | undefined
  buttonValue: string | undefined
  /** Only on a shop's card. */
  productId: string | undefined
  /** Ids of the customers who have pressed it. */
  userIds: string[]
}

/** The choices of a rich message; none for any other event. */
export const choicesOf = (event: LiveChatEvent): Choice[] =>
  event.type === 'rich_message'
    ? numberedButtons(event.elements ?? []).map(({ button, number, postbackId, element }) => ({
        number,
        label: oneLine(button.text),
        postbackId,
        buttonType: button.type,
        buttonValue: button.value,
        productId: element.ecommerce?.product_id,
        userIds: button.user_ids ?? [],
      }))
    : []

/** The buttons that send an answer, numbered from 1 across all cards. */
export const numberedButtons = (elements: Element[]) => {
  const answering = elements.flatMap((element) =>
    (element.buttons ?? []).flatMap((button) => {
      const isAnswer = oneLine(button.text) !== '' && button.postback_id && !opensSomething(button)
      return isAnswer ? [{ button, element, postbackId: button.postback_id ?? '' }] : []
    }),
  )
  return answering.map((each, index) => ({ ...each, number: index + 1 }))
}

/** Whether a button opens a page or dials, instead of sending an answer. */
export const opensSomething = ({ type, value }: Button): boolean =>
  (type === 'url' || type === 'webview' || type === 'phone') && Boolean(value)

/** Keeps a label on one line: with line breaks, it could look like several choices. */
export const oneLine = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim()
