import axe from 'axe-core'
import type { Page } from 'playwright-core'

type AxeResult = {
  violations: {
    id: string
    impact: string | null
    help: string
    nodes: { target: unknown[]; failureSummary: string }[]
  }[]
}

/** Half-way through a change of colours, a text and its ground may have one old and one new colour. */
const transitionsEnd = `new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))).then(() =>
  Promise.allSettled(
    document.getAnimations().filter((each) => each instanceof CSSTransition).map(({ finished }) => finished),
  ))`

/** What axe finds wrong that keeps people from using the page, one line for each element. */
export const findBarriers = async (page: Page): Promise<string[]> => {
  await page.evaluate(transitionsEnd)
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run(document)')) as AxeResult
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    )
}
