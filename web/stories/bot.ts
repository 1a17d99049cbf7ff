import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A test double of Telegram's Bot API for a hub. */
export async function startBot(): Promise<Bot> {
  const updates: object[] = [];
  const sent: { chat_id: string; text: string }[] = [];
  let waiting = () => {};
  const answer = async (method: string, asked: { offset: number; chat_id: string; text: string }): Promise<unknown> => {
    if (method === 'getMe') return { username: 'jastar_story_bot' };
    if (method === 'sendMessage') return sent.push(asked);
    if (asked.offset > updates.length) await new Promise<void>((resolve) => (waiting = resolve));
    return updates.slice(asked.offset - 1);
  };
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const result = await answer(request.url!.split('/').at(-1)!, JSON.parse(body));
    response.end(JSON.stringify({ ok: true, result }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    writes(chat, text) {
      updates.push({ update_id: updates.length + 1, message: { text, chat: { id: chat, type: 'private' }, from: { language_code: 'kk' } } });
      waiting();
    },
    stop() {
      waiting();
      server.closeAllConnections();
      server.close();
    },
  };
}

type Bot = {
  url: string;
  /** What the hub sent to people. */
  sent: { chat_id: string; text: string }[];
  /** Somebody writes to the bot. */
  writes: (chat: number, text: string) => void;
  stop: () => void;
};
