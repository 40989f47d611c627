import { data } from 'dcmjs';
import {
  codeItem,
  entireBody,
  headfirst,
  intravenousRoute,
  medronate,
  projectionCodes,
  recumbent,
  supine,
  technetium99m,
} from './nuclear-medicine-codes.ts';

/** One projection as counts. `pixels` is row-major, 16-bit unsigned, one value per pixel. */
export interface NuclearMedicineFrame {
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Uint16Array;
}

/** What a two-view whole-body bone scan states. Dates are DICOM dates (YYYYMMDD), times DICOM times (HHMMSS). */
export interface NuclearMedicineDescription {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly patientId: string;
  /** Person name in the DICOM form, `Family^Given`; empty where it is not known. */
  readonly patientName: string;
  readonly birthDate: string;
  readonly sex: 'M' | 'F' | 'O';
  readonly heightMeters: number;
  readonly weightKilograms: number;
  readonly accessionNumber: string;
  readonly studyDate: string;
  /** Start of the acquisition; the injection lies `uptakeMinutes` before it. */
  readonly studyTime: string;
  readonly injectionTime: string;
  readonly studyDescription: string;
  readonly manufacturer: string;
  readonly modelName: string;
  readonly softwareVersion: string;
  readonly stationName: string;
  readonly injectedActivityMegabecquerels: number;
  /** Millimetres per pixel, the same between rows and between columns. */
  readonly pixelSizeMm: number;
  readonly scanVelocityMillimetersPerSecond: number;
  /** Marks the object as not taken from a patient, Synthetic Data (0008,001C). */
  readonly synthetic: boolean;
  readonly anterior: NuclearMedicineFrame;
  readonly posterior: NuclearMedicineFrame;
}

const nmImageStorage = '1.2.840.10008.5.1.4.1.1.20';
const explicitLittleEndian = '1.2.840.10008.1.2.1';
/** Identifies the writer in the file meta information; a UUID-derived UID (PS3.5 B.2). */
const implementationClassUid = '2.25.179341076532105186325187612039745920387';

/**
 * Writes one Nuclear Medicine Image Storage object (PS3.3 A.5) of image type WHOLE BODY with two frames, the anterior
 * first: one energy window, two detectors. Explicit VR little endian, ISO_IR 192. The same description gives the same
 * bytes. Throws a RangeError where the frames differ in size or their pixels do not fill them.
 */
export function writeNuclearMedicine(description: NuclearMedicineDescription): Uint8Array {
  const { anterior, posterior } = description;
  for (const frame of [anterior, posterior])
    if (frame.pixels.length !== frame.rows * frame.columns)
      throw new RangeError(`${frame.pixels.length} pixels do not fill ${frame.rows} × ${frame.columns}`);
  if (anterior.rows !== posterior.rows || anterior.columns !== posterior.columns)
    throw new RangeError('both views of one object must have the same size');
  const { DicomDict, DicomMetaDictionary } = data;
  const file = new DicomDict(
    DicomMetaDictionary.denaturalizeDataset({
      FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
      MediaStorageSOPClassUID: nmImageStorage,
      MediaStorageSOPInstanceUID: description.sopInstanceUid,
      TransferSyntaxUID: explicitLittleEndian,
      ImplementationClassUID: implementationClassUid,
      ImplementationVersionName: 'RADIOLECT',
    }),
  );
  file.dict = DicomMetaDictionary.denaturalizeDataset({
    ...identification(description),
    ...acquisition(description),
    ...pixels(description),
    _vrMap: { PixelData: 'OW' },
  });
  return new Uint8Array(file.write());
}

/** Patient, General Study, General Series, General Equipment and SOP Common modules. */
function identification(description: NuclearMedicineDescription): Record<string, unknown> {
  const { studyDate, studyTime } = description;
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: nmImageStorage,
    SOPInstanceUID: description.sopInstanceUid,
    ...(description.synthetic
      ? { SyntheticData: 'YES', PatientIdentityRemoved: 'YES', DeidentificationMethod: 'Synthetic, no patient' }
      : {}),
    InstanceCreationDate: studyDate,
    InstanceCreationTime: studyTime,
    StudyDate: studyDate,
    SeriesDate: studyDate,
    AcquisitionDate: studyDate,
    ContentDate: studyDate,
    StudyTime: studyTime,
    SeriesTime: studyTime,
    AcquisitionTime: studyTime,
    ContentTime: studyTime,
    AccessionNumber: description.accessionNumber,
    Modality: 'NM',
    Manufacturer: description.manufacturer,
    ManufacturerModelName: description.modelName,
    SoftwareVersions: description.softwareVersion,
    StationName: description.stationName,
    DeviceSerialNumber: '1',
    ReferringPhysicianName: '',
    StudyDescription: description.studyDescription,
    SeriesDescription: 'WHOLE BODY',
    PatientName: description.patientName,
    PatientID: description.patientId,
    PatientBirthDate: description.birthDate,
    PatientSex: description.sex,
    PatientSize: description.heightMeters.toFixed(2),
    PatientWeight: description.weightKilograms.toFixed(1),
    StudyInstanceUID: description.studyInstanceUid,
    SeriesInstanceUID: description.seriesInstanceUid,
    StudyID: '1',
    SeriesNumber: '1',
    InstanceNumber: '1',
    PatientOrientation: '',
  };
}

/** NM Image, NM Isotope, NM Detector, NM/PET Patient Orientation, NM Multi-frame and General Acquisition modules. */
function acquisition(description: NuclearMedicineDescription): Record<string, unknown> {
  const { anterior, posterior, pixelSizeMm } = description;
  const scanLengthMm = anterior.rows * pixelSizeMm;
  const velocity = description.scanVelocityMillimetersPerSecond;
  return {
    ImageType: ['ORIGINAL', 'PRIMARY', 'WHOLE BODY', 'EMISSION'],
    BodyPartExamined: 'WHOLEBODY',
    AnatomicRegionSequence: [codeItem(entireBody)],
    CountsAccumulated: String(totalOf(anterior.pixels) + totalOf(posterior.pixels)),
    AcquisitionTerminationCondition: 'TIME',
    // A whole-body sweep dwells on each line for the time that the field of view needs to pass it.
    ActualFrameDuration: String(Math.round((scanLengthMm / velocity) * 1000)),
    WholeBodyTechnique: '1PS',
    ScanVelocity: velocity.toFixed(2),
    ScanLength: String(Math.round(scanLengthMm)),
    CorrectedImage: ['NRGY', 'DECY', 'UNIF'],
    LossyImageCompression: '00',
    // Frames step through the windows and detectors: C.8.4.8, frame increment pointer of a WHOLE BODY image.
    NumberOfFrames: '2',
    FrameIncrementPointer: [0x00540010, 0x00540020],
    EnergyWindowVector: [1, 1],
    NumberOfEnergyWindows: 1,
    DetectorVector: [1, 2],
    NumberOfDetectors: 2,
    EnergyWindowInformationSequence: [
      {
        EnergyWindowName: 'Tc-99m 140 keV',
        EnergyWindowRangeSequence: [{ EnergyWindowLowerLimit: '126.45', EnergyWindowUpperLimit: '154.55' }],
      },
    ],
    RadiopharmaceuticalInformationSequence: [
      {
        Radiopharmaceutical: 'Tc-99m MDP',
        RadiopharmaceuticalStartTime: description.injectionTime,
        RadionuclideTotalDose: description.injectedActivityMegabecquerels.toFixed(1),
        RadionuclideCodeSequence: [codeItem(technetium99m)],
        RadiopharmaceuticalCodeSequence: [codeItem(medronate)],
        RadiopharmaceuticalRoute: 'INTRAVENOUS',
        AdministrationRouteCodeSequence: [codeItem(intravenousRoute)],
      },
    ],
    DetectorInformationSequence: [detector('anterior', description), detector('posterior', description)],
    PatientOrientationCodeSequence: [
      { ...codeItem(recumbent), PatientOrientationModifierCodeSequence: [codeItem(supine)] },
    ],
    PatientGantryRelationshipCodeSequence: [codeItem(headfirst)],
  };
}

function detector(view: 'anterior' | 'posterior', { pixelSizeMm, anterior }: NuclearMedicineDescription) {
  const left = -((anterior.columns - 1) / 2) * pixelSizeMm;
  // LPS millimetres: the anterior picture runs from the patient's right to the left, the posterior one back.
  const x = view === 'anterior' ? 1 : -1;
  return {
    CollimatorGridName: 'LEHR',
    CollimatorType: 'PARA',
    FieldOfViewShape: 'RECTANGLE',
    FieldOfViewDimensions: ['540', '400'],
    FocalDistance: '0',
    XFocusCenter: '0',
    YFocusCenter: '0',
    ZoomCenter: ['0', '0'],
    ZoomFactor: ['1', '1'],
    CenterOfRotationOffset: '0',
    GantryDetectorTilt: '0',
    StartAngle: view === 'anterior' ? '0' : '180',
    RadialPosition: ['150'],
    ImageOrientationPatient: [String(x), '0', '0', '0', '0', '-1'],
    ImagePositionPatient: [(x * left).toFixed(2), '0', '0'],
    ViewCodeSequence: [codeItem(projectionCodes[view])],
  };
}

/** Image Pixel and NM Image Pixel modules. No window: a value that suits every scan does not exist. */
function pixels({ anterior, posterior, pixelSizeMm }: NuclearMedicineDescription): Record<string, unknown> {
  const size = anterior.pixels.length;
  const both = new Uint8Array(4 * size);
  const bytes = new DataView(both.buffer);
  [anterior, posterior].forEach((frame, index) => {
    frame.pixels.forEach((value, at) => {
      bytes.setUint16(2 * (index * size + at), value, true);
    });
  });
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: anterior.rows,
    Columns: anterior.columns,
    PixelSpacing: [pixelSizeMm.toFixed(2), pixelSizeMm.toFixed(2)],
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: [both.buffer],
  };
}

function totalOf(counts: Uint16Array): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
