import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OpenID provider that asks for nothing: who is the account that uses the browser. */
export type OpenID = { url: string; who: { sub: string; email: string; given_name: string; family_name: string }; stop: () => void };

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Starts a provider for a hub. */
export async function startProvider(): Promise<OpenID> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const asked = new Map<string, { nonce: string; client: string }>();
  const provider: OpenID = { url: '', who: { sub: '', email: '', given_name: '', family_name: '' }, stop: () => server.close() };

  const idToken = ({ nonce, client }: { nonce: string; client: string }) => {
    const now = Math.floor(Date.now() / 1000);
    const text = `${base64({ alg: 'RS256', kid: 'one' })}.${base64({ iss: provider.url, aud: client, iat: now, exp: now + 300, nonce, email_verified: true, ...provider.who })}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const documents: Record<string, (url: URL, request: IncomingMessage) => Promise<unknown>> = {
    '/.well-known/openid-configuration': () => {
      const at = (path: string) => provider.url + path;
      return Promise.resolve({ issuer: provider.url, authorization_endpoint: at('/authorize'), token_endpoint: at('/token'), jwks_uri: at('/keys'), id_token_signing_alg_values_supported: ['RS256'] });
    },
    '/keys': () => Promise.resolve({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }),
    '/token': async (_, request) => {
      const form = new URLSearchParams((await request.toArray()).join(''));
      return { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken(asked.get(form.get('code')!)!) };
    },
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url!, provider.url);
    if (url.pathname === '/authorize') {
      const code = randomUUID();
      asked.set(code, { nonce: url.searchParams.get('nonce')!, client: url.searchParams.get('client_id')! });
      response.writeHead(302, { Location: `${url.searchParams.get('redirect_uri')}?${new URLSearchParams({ code, state: url.searchParams.get('state')! })}` }).end();
      return;
    }
    void documents[url.pathname]!(url, request).then((document) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(document)));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return provider;
}
