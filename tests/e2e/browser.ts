import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Where the pictures of a test run lie, to be looked at. */
export const screenshotFolder = process.env.RADIOLECT_SCREENSHOTS ?? join(tmpdir(), 'radiolect-screenshots');

/** The system's Chromium; WebGL2 is drawn in software, so that no graphics card is needed. */
export async function openBrowser(): Promise<Browser> {
  mkdirSync(screenshotFolder, { recursive: true });
  return await chromium.launch({
    executablePath: process.env.RADIOLECT_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
}

/** How bright one view is drawn: luminance 0 to 255, row by row of the screenshot. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  /** The darkest luminance of each row. */
  readonly darkest: readonly number[];
  /** Share of all pixels that are nearly black, below 40. */
  readonly black: number;
  /** Mean luminance. */
  readonly mean: number;
  /** Share of pixels of a strong warm colour, as heat maps have and greys have not. */
  readonly coloured: number;
}

/** Takes a picture of an element as a person sees it and measures it inside the browser, which can decode a PNG. */
export async function drawn(page: Page, element: Locator): Promise<Drawn> {
  const png = (await element.screenshot()).toString('base64');
  return (await page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png}';
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const darkest = [];
    let sum = 0, black = 0, coloured = 0;
    for (let row = 0; row < image.height; row++) {
      let least = 255;
      for (let column = 0; column < image.width; column++) {
        const at = 4 * (row * image.width + column);
        const luminance = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
        least = Math.min(least, luminance);
        sum += luminance;
        if (luminance < 40) black++;
        if (data[at] - data[at + 2] > 90) coloured++;
      }
      darkest.push(least);
    }
    const count = image.width * image.height;
    return { width: image.width, height: image.height, darkest, black: black / count, mean: sum / count, coloured: coloured / count };
  })()`)) as Drawn;
}

/** Whether every character is drawn with a glyph of its own, not with the box of a missing one. */
export async function hasGlyphs(page: Page, text: string): Promise<boolean> {
  return (await page.evaluate(`(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [40, 40];
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const drawn = (character) => {
      context.clearRect(0, 0, 40, 40);
      context.font = '28px ' + getComputedStyle(document.body).fontFamily;
      context.fillText(character, 4, 32);
      return context.getImageData(0, 0, 40, 40).data.join();
    };
    const missing = drawn('\\u{10FFFE}');
    return [...${JSON.stringify(text)}].every((character) => drawn(character) !== missing);
  })()`)) as boolean;
}
