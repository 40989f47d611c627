import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { ColourScheme, DrawOptions, HeatGrid } from './picture-renderer.ts';
import { PictureRenderer } from './picture-renderer.ts';
import type { Placement, Size } from './viewport.ts';
import type { CountPicture, CountWindow } from './window-level.ts';

/** The WebGL2 canvas of one picture; everything drawn over it lies in an SVG beside it. */
export function ScanCanvas(props: {
  readonly picture: CountPicture;
  readonly heat: HeatGrid | undefined;
  readonly window: CountWindow;
  readonly scheme: ColourScheme;
  readonly placement: Placement;
  readonly size: Size;
  readonly heatOpacity: number;
  readonly label: string;
}): ReactNode {
  const { picture, heat, window: countWindow, scheme, placement, size, heatOpacity, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [renderer, setRenderer] = useState<PictureRenderer>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (!canvas.current) return;
    try {
      const made = new PictureRenderer(canvas.current);
      setRenderer(made);
      return () => made.dispose();
    } catch (cause) {
      setProblem((cause as Error).message);
      return;
    }
  }, []);
  useEffect(() => renderer?.setPicture(picture), [renderer, picture]);
  useEffect(() => renderer?.setHeat(heat), [renderer, heat]);
  const look = JSON.stringify({ window: countWindow, scheme, placement, size, heatOpacity });
  // The look is compared by value: moving the cursor renders the overlay again, not the picture.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture or heat map is drawn with the same look.
  useEffect(() => {
    const options = JSON.parse(look) as Omit<DrawOptions, 'pixelRatio'>;
    if (options.size.width > 0 && options.size.height > 0) renderer?.draw({ ...options, pixelRatio: devicePixelRatio });
  }, [renderer, look, picture, heat]);
  if (problem) return <p role="alert">{problem}</p>;
  return <canvas ref={canvas} className="scan-canvas" role="img" aria-label={label} />;
}
