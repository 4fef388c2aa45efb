// Package uni writes and reads the forms in which calls travel: the model
// UNI_Intermittenti (form code ML-15-01), the text message and the e-mail that
// carries one model. It is the only place with element names, constants and the
// form's patterns; what the law asks is judged by package calls.
//
// # Legal basis
//
// Art. 15, comma 3, D.Lgs. 81/2015: each call or cycle of calls is communicated
// before it starts. D.I. 27 March 2013: by the portal, by e-mail with the model,
// by text message for work within twelve hours. Circular 27/2013: ten rows a
// model. INL letter 8716 of 9 October 2019: one model an e-mail.
//
// # There is no official schema
//
// Neither the Ministry nor the inspectorate has published a schema of the model or
// the rules of the system that receives it. What stands here is what the form's
// own data are made of (the PDF of November 2012; later editions seen in part have
// the same names) and what programs in use send. Nothing here was tested against
// the receiving system, and no text of this package says that anything was or will
// be accepted. The proof of a communication is the copy that was sent: keep it.
//
// # What is written
//
// The 45 elements of the form in its order, always ten groups of rows, days
// DD/MM/YYYY, a single day (chiamata di un solo giorno) without end, the form code
// twice as the page has two bar codes, flag 1 for cancellations (annullamento).
// [Profile] holds what could be otherwise, foremost the [Envelope]; its zero value
// is the default. [Learn] derives a profile from one genuine file, and
// [Profile.Diff] compares: with a file that your own viewer made from the form, the
// unknown becomes a calibration of five minutes.
//
// [Encode] answers for the whole: divides into models, asks calls.Assess, and
// writes nothing that is in breach. [Models], [Profile.Encode], [Mail] and [SMS]
// are its parts, for whoever takes the answer upon himself.
//
// # What is read
//
// [Read] takes what other programs write: each departure from the form is a
// [Finding] with its place, and [Model.Check] adds what the form's own script
// would not let through. It refuses, with an [Error] of a [Kind], document types,
// entities, other character sets, more than 1 MiB, deep nesting, a second model,
// an element given twice, rows beyond ten, days that do not exist. [ReadSMS] reads
// messages.
//
// # Not covered
//
// The PDF itself, which is taken by mail as well; the message formats of 2012; the
// portal and the app, which have no public interface; sending anything. Whether a
// cancellation must repeat the hire's code, how an SMS A picks the call it cancels,
// and whether e-mail endings of more than three letters pass is not known.
//
// # History
//
// 26 November 2012, the form of ten rows (before, a form of six workers or ten
// periods). 3 July 2013, the channels of today. The mailbox changed twice: see
// calls.Mailbox.
package uni
