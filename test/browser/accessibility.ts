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

/** In the middle of a color change, a text and its background may have one old and one new color. */
const transitionsEnd = `new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))).then(() =>
  Promise.allSettled(
    document.getAnimations().filter((each) => each instanceof CSSTransition).map(({ finished }) => finished),
  ))`

/** Accessibility problems that axe finds, one line for each element. */
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
