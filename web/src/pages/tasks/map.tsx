import 'leaflet/dist/leaflet.css';
import { circleMarker, control, map, tileLayer } from 'leaflet';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useAppSettings } from '../../client/settings';
import { type FragmentOf, readFragment } from '../../graphql';
import { TaskList, taskRow } from '../../modules/task/row';
import { Panel } from '../../parts/panel';
import { Waiting } from '../../parts/states';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import look from './map.module.css';

type Task = FragmentOf<typeof taskRow> & { id: string; point: { lat: number; lon: number } | null; district: { id: string; name: string } };

const almaty = [43.238, 76.92] as const;

/**
 * The tasks on a map, and below it as a list for people who cannot see or use maps; without tiles, by district. They are counted
 * only if all pages are loaded.
 */
export default function TaskMap({ tasks, all }: { tasks: readonly Task[]; all: boolean }) {
  const settings = useAppSettings();
  if (!settings) return <Waiting />;
  return settings.tiles ? <Tiles url={settings.tiles} tasks={tasks} /> : <Districts tasks={tasks} all={all} />;
}

function Districts({ tasks, all }: { tasks: readonly Task[]; all: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={look.districts}>
      <p>{t('tasks.noTiles')}</p>
      {[...Map.groupBy(tasks, ({ district }) => district.name)].map(([name, there]) => (
        <Panel key={name} title={name} aside={all && t('tasks.count', { count: there.length })}>
          <TaskList tasks={there} />
        </Panel>
      ))}
    </div>
  );
}

function Tiles({ url, tasks }: { url: string; tasks: readonly Task[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const shown = map(box.current!, { zoomControl: false, attributionControl: false }).setView([...almaty], 12);
    control.zoom({ zoomInTitle: t('tasks.zoomIn'), zoomOutTitle: t('tasks.zoomOut') }).addTo(shown);
    tileLayer(url, { maxZoom: 19 }).addTo(shown);
    for (const task of tasks) {
      if (!task.point) continue;
      circleMarker([task.point.lat, task.point.lon], { radius: 11, className: look.mark })
        .bindTooltip(readFragment(taskRow, task).title)
        .on('click', () => void navigate(pathOf('task', task.id)))
        .addTo(shown);
    }
    return () => void shown.remove();
  }, [url, tasks, navigate, t]);
  return (
    <>
      <div ref={box} className={look.map} role="region" aria-label={t('tasks.map')} />
      <TaskList tasks={tasks} />
    </>
  );
}
