import { encodePng } from '@radiolect/dicom';
import { views } from '@radiolect/findings';
import type { ImagePart } from '@radiolect/reports';
import type { StudyPictures } from '../reading/models.ts';
import { pictureFigures, toCounts } from '../study/picture-figures.ts';

/** The views as a reader opens them, for a model that can see: more counts are blacker, windowed inside the body. */
export function imageParts(pictures: StudyPictures): ImagePart[] {
  return views.flatMap((view) => {
    const picture = pictures[view];
    if (!picture) return [];
    const counts = toCounts(picture);
    const { upper } = pictureFigures(counts).window;
    const pixels = Uint8Array.from(counts, (value) => Math.round(255 * (1 - Math.min(1, value / upper))));
    const { rows, columns } = picture;
    return [{ mediaType: 'image/png', data: encodePng({ rows, columns, pixels }), meaning: `${view} view` }];
  });
}
