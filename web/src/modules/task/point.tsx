import 'leaflet/dist/leaflet.css';
import { circleMarker, map, tileLayer } from 'leaflet';
import { useEffect, useRef } from 'react';
import { Button } from '../../parts/button';
import { useTranslation } from '../../words';
import look from './fields.module.css';

const almaty = '43.238 76.92';

/** A place on the map, set with a tap. */
export default function PointField({ tiles, value, onChange }: { tiles: string; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const mark = useRef(circleMarker([0, 0], { radius: 11, className: look.mark }));
  const chosen = useRef({ value, onChange });
  chosen.current = { value, onChange };
  useEffect(() => {
    const [lat, lon] = (chosen.current.value || almaty).split(' ').map(Number);
    const shown = map(box.current!, { zoomControl: false, attributionControl: false }).setView([lat!, lon!], chosen.current.value ? 16 : 12);
    tileLayer(tiles, { maxZoom: 19 }).addTo(shown);
    shown.on('click', ({ latlng }) => chosen.current.onChange(`${latlng.lat.toFixed(5)} ${latlng.lng.toFixed(5)}`));
    mark.current.addTo(shown);
    return () => void shown.remove();
  }, [tiles]);
  useEffect(() => {
    const [lat = 0, lon = 0] = value.split(' ').map(Number);
    mark.current.setLatLng([lat, lon]);
  }, [value]);
  return (
    <>
      <div ref={box} className={look.map} role="region" aria-label={t('lead.task.point')} />
      {value && <Button kind="quiet" onClick={() => onChange('')}>{t('lead.task.noPoint')}</Button>}
    </>
  );
}
