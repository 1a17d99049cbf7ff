import { useEffect, useState } from 'react';

/** What was typed, after a short pause in typing: the hub is not asked at each letter. */
export function useSettled<Value>(value: Value): Value {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), 600);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
