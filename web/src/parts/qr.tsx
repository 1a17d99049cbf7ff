import encodeQR from 'qr';
import look from './qr.module.css';

const dark = '#12262a'; // on white in either theme, because cameras need that

/** A text as a QR code, drawn here because it is a secret. */
export default function Qr({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 1 });
  const path = rows.flatMap((row, y) => row.map((set, x) => (set ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg className={look.qr} viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path} fill={dark} />
    </svg>
  );
}
