import { useRef, useState, type DragEvent } from 'react';

/** Files that are dragged over an element and dropped on it. What is inside may have taken some of them before. */
export function useFileDrop(onFiles: (files: File[]) => void): {
  over: boolean;
  on: Record<'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop', (event: DragEvent) => void>;
} {
  const [over, setOver] = useState(false);
  /** Elements inside that it is over: each is entered before the one around it is left. */
  const depth = useRef(0);
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  const step = (by: number): void => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  return {
    over,
    on: {
      onDragEnter: (event) => hasFiles(event) && step(1),
      onDragOver: (event) => hasFiles(event) && event.preventDefault(),
      onDragLeave: (event) => hasFiles(event) && step(-1),
      onDrop: (event) => {
        step(-depth.current);
        if (event.isDefaultPrevented() || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}
