import { request } from 'node:http'

type Options = { method?: string; headers?: Record<string, string>; body?: string }

/** A request as it arrives if a vendor's host name leads to this server. */
export const requestAs = (
  host: string,
  url: string,
  options: Options = {},
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options
    const call = request(url, { method, headers: { ...headers, host } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
    })
    call.on('error', reject)
    call.end(body)
  })
