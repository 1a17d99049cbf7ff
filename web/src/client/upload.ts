import type { Refusal } from './refusal';

/** A photo that the hub has accepted. */
export type Uploaded = { id: string; width: number; height: number; sizes: { width: number; height: number; url: string }[] };

/** Pictures with a longer side are shrunk before they are sent: the hub shows none that are wider. */
const most = 1600;

/** Milliseconds before each further attempt over a bad network. A picture that arrived twice is deleted by the hub after a day. */
const pauses = [1000, 3000, 6000];

/** How long one attempt may take without an answer. */
const longest = 100_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The picture, small enough to be sent from a phone; unchanged if the browser cannot shrink it, or would make it larger. */
export async function shrunk(file: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, most / picture.width, (2 * most) / picture.height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext('2d')!;
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
    return made && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}

type Told = { photo: Uploaded } | { refusal: Refusal; wait?: number };

/** One attempt to send a picture; onPart is called with the part that has been sent, 0 to 1. */
function sendOnce(picture: Blob, onPart: (part: number) => void, signal?: AbortSignal): Promise<Told> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch does not report progress
    const lost = () => resolve({ refusal: { code: 'OFFLINE', fields: [] } });
    request.open('POST', '/uploads');
    request.setRequestHeader('Content-Type', picture.type || 'application/octet-stream');
    request.timeout = longest;
    request.upload.onprogress = ({ loaded, total }) => onPart(total ? loaded / total : 0);
    request.onerror = request.ontimeout = request.onabort = lost;
    request.onload = () => resolve(told(request.status, request.responseText, Number(request.getResponseHeader('Retry-After')) * 1000));
    signal?.addEventListener('abort', () => request.abort());
    request.send(picture);
  });
}

function told(status: number, text: string, wait: number): Told {
  try {
    const answer = JSON.parse(text) as Uploaded & { errors?: { extensions: { code: Refusal['code']; field?: string } }[] };
    if (status === 201) return { photo: answer };
    const { code, field } = answer.errors![0]!.extensions;
    return { refusal: { code, fields: field ? [field] : [] }, wait };
  } catch {
    return { refusal: { code: status === 413 ? 'BODY_TOO_LARGE' : status === 503 ? 'BUSY' : 'INTERNAL', fields: [] }, wait };
  }
}

/** Sends a picture, and tries again over a bad network and, when the hub is busy, after the time that the hub asks for. */
export async function upload(picture: Blob, onPart: (part: number) => void, signal?: AbortSignal, pause = sleep): Promise<Told> {
  const small = await shrunk(picture);
  for (const ms of pauses) {
    const answer = await sendOnce(small, onPart, signal);
    if ('photo' in answer || !['OFFLINE', 'BUSY'].includes(answer.refusal.code) || signal?.aborted) return answer;
    await pause(answer.wait || ms);
  }
  return sendOnce(small, onPart, signal);
}

/** Removes a photo that was not used. If that fails, the hub deletes it within a day. */
export function discard(id: string): void {
  fetch(`/uploads/${id}`, { method: 'DELETE' }).catch(() => {});
}
