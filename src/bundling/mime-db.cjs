'use strict'

/**
 * Stands for `mime-db` in the bundle: the types of mime-db 1.54.0 that have a file ending. Written by
 * tools/mime-table.ts.
 */
const sources = { i: 'iana', a: 'apache', n: 'nginx' }

const table = `
iapplication/andrew-inset ez
-application/appinstaller appinstaller
aapplication/applixware aw
-application/appx appx
-application/appxbundle appxbundle
iapplication/atom+xml atom
iapplication/atomcat+xml atomcat
iapplication/atomdeleted+xml atomdeleted
iapplication/atomsvc+xml atomsvc
iapplication/atsc-dwd+xml dwd
iapplication/atsc-held+xml held
iapplication/atsc-rsat+xml rsat
iapplication/automationml-aml+xml aml
iapplication/automationml-amlx+zip amlx
-application/bdoc bdoc
iapplication/calendar+xml xcs
iapplication/ccxml+xml ccxml
iapplication/cdfx+xml cdfx
iapplication/cdmi-capability cdmia
iapplication/cdmi-container cdmic
iapplication/cdmi-domain cdmid
iapplication/cdmi-object cdmio
iapplication/cdmi-queue cdmiq
iapplication/cpl+xml cpl
aapplication/cu-seeme cu
iapplication/cwl cwl
iapplication/dash+xml mpd
iapplication/dash-patch+xml mpp
iapplication/davmount+xml davmount
iapplication/dicom dcm
aapplication/docbook+xml dbk
iapplication/dssc+der dssc
iapplication/dssc+xml xdssc
aapplication/ecmascript ecma
iapplication/emma+xml emma
iapplication/emotionml+xml emotionml
iapplication/epub+zip epub
iapplication/exi exi
iapplication/express exp
iapplication/fdf fdf
iapplication/fdt+xml fdt
iapplication/font-tdpfr pfr
iapplication/geo+json geojson
iapplication/gml+xml gml
aapplication/gpx+xml gpx
aapplication/gxf gxf
iapplication/gzip gz
-application/hjson hjson
iapplication/hyperstudio stk
iapplication/inkml+xml ink inkml
iapplication/ipfix ipfix
iapplication/its+xml its
iapplication/java-archive jar war ear
aapplication/java-serialized-object ser
aapplication/java-vm class
aapplication/javascript js
iapplication/json json map
-application/json5 json5
aapplication/jsonml+json jsonml
iapplication/ld+json jsonld
iapplication/lgr+xml lgr
iapplication/lost+xml lostxml
iapplication/mac-binhex40 hqx
aapplication/mac-compactpro cpt
iapplication/mads+xml mads
iapplication/manifest+json webmanifest
iapplication/marc mrc
iapplication/marcxml+xml mrcx
iapplication/mathematica ma nb mb
iapplication/mathml+xml mathml
iapplication/mbox mbox
iapplication/media-policy-dataset+xml mpf
iapplication/mediaservercontrol+xml mscml
aapplication/metalink+xml metalink
iapplication/metalink4+xml meta4
iapplication/mets+xml mets
iapplication/mmt-aei+xml maei
iapplication/mmt-usd+xml musd
iapplication/mods+xml mods
iapplication/mp21 m21 mp21
iapplication/mp4 mp4 mpg4 mp4s m4p
-application/msix msix
-application/msixbundle msixbundle
iapplication/msword doc dot
iapplication/mxf mxf
iapplication/n-quads nq
iapplication/n-triples nt
iapplication/node cjs
iapplication/octet-stream bin dms lrf mar so dist distz pkg bpk dump elc deploy exe dll deb dmg iso img msi msp msm buffer
iapplication/oda oda
iapplication/oebps-package+xml opf
iapplication/ogg ogx
aapplication/omdoc+xml omdoc
aapplication/onenote onetoc onetoc2 onetmp onepkg one onea
iapplication/oxps oxps
iapplication/p2p-overlay+xml relo
iapplication/patch-ops-error+xml xer
iapplication/pdf pdf
iapplication/pgp-encrypted pgp
iapplication/pgp-keys asc
iapplication/pgp-signature sig asc
aapplication/pics-rules prf
iapplication/pkcs10 p10
iapplication/pkcs7-mime p7m p7c
iapplication/pkcs7-signature p7s
iapplication/pkcs8 p8
iapplication/pkix-attr-cert ac
iapplication/pkix-cert cer
iapplication/pkix-crl crl
iapplication/pkix-pkipath pkipath
iapplication/pkixcmp pki
iapplication/pls+xml pls
iapplication/postscript ai eps ps
iapplication/provenance+xml provx
iapplication/prs.cww cww
iapplication/prs.xsf+xml xsf
iapplication/pskc+xml pskcxml
-application/raml+yaml raml
iapplication/rdf+xml rdf owl
iapplication/reginfo+xml rif
iapplication/relax-ng-compact-syntax rnc
iapplication/resource-lists+xml rl
iapplication/resource-lists-diff+xml rld
iapplication/rls-services+xml rs
iapplication/route-apd+xml rapd
iapplication/route-s-tsid+xml sls
iapplication/route-usd+xml rusd
iapplication/rpki-ghostbusters gbr
iapplication/rpki-manifest mft
iapplication/rpki-roa roa
aapplication/rsd+xml rsd
aapplication/rss+xml rss
iapplication/rtf rtf
iapplication/sbml+xml sbml
iapplication/scvp-cv-request scq
iapplication/scvp-cv-response scs
iapplication/scvp-vp-request spq
iapplication/scvp-vp-response spp
iapplication/sdp sdp
iapplication/senml+xml senmlx
iapplication/sensml+xml sensmlx
iapplication/set-payment-initiation setpay
iapplication/set-registration-initiation setreg
iapplication/shf+xml shf
iapplication/sieve siv sieve
iapplication/smil+xml smi smil
iapplication/sparql-query rq
iapplication/sparql-results+xml srx
iapplication/sql sql
iapplication/srgs gram
iapplication/srgs+xml grxml
iapplication/sru+xml sru
aapplication/ssdl+xml ssdl
iapplication/ssml+xml ssml
iapplication/swid+xml swidtag
iapplication/tei+xml tei teicorpus
iapplication/thraud+xml tfi
iapplication/timestamped-data tsd
iapplication/toml toml
iapplication/trig trig
iapplication/ttml+xml ttml
-application/ubjson ubj
iapplication/urc-ressheet+xml rsheet
iapplication/urc-targetdesc+xml td
iapplication/vnd.1000minds.decision-model+xml 1km
iapplication/vnd.3gpp.pic-bw-large plb
iapplication/vnd.3gpp.pic-bw-small psb
iapplication/vnd.3gpp.pic-bw-var pvb
iapplication/vnd.3gpp2.tcap tcap
iapplication/vnd.3m.post-it-notes pwn
iapplication/vnd.accpac.simply.aso aso
iapplication/vnd.accpac.simply.imp imp
iapplication/vnd.acucobol acu
iapplication/vnd.acucorp atc acutc
aapplication/vnd.adobe.air-application-installer-package+zip air
iapplication/vnd.adobe.formscentral.fcdt fcdt
iapplication/vnd.adobe.fxp fxp fxpl
iapplication/vnd.adobe.xdp+xml xdp
aapplication/vnd.adobe.xfdf xfdf
iapplication/vnd.age age
iapplication/vnd.ahead.space ahead
iapplication/vnd.airzip.filesecure.azf azf
iapplication/vnd.airzip.filesecure.azs azs
aapplication/vnd.amazon.ebook azw
iapplication/vnd.americandynamics.acc acc
iapplication/vnd.amiga.ami ami
aapplication/vnd.android.package-archive apk
iapplication/vnd.anser-web-certificate-issue-initiation cii
aapplication/vnd.anser-web-funds-transfer-initiation fti
iapplication/vnd.antix.game-component atx
iapplication/vnd.apple.installer+xml mpkg
iapplication/vnd.apple.keynote key
iapplication/vnd.apple.mpegurl m3u8
iapplication/vnd.apple.numbers numbers
iapplication/vnd.apple.pages pages
-application/vnd.apple.pkpass pkpass
iapplication/vnd.aristanetworks.swi swi
iapplication/vnd.astraea-software.iota iota
iapplication/vnd.audiograph aep
-application/vnd.autodesk.fbx fbx
iapplication/vnd.balsamiq.bmml+xml bmml
iapplication/vnd.blueice.multipass mpm
iapplication/vnd.bmi bmi
iapplication/vnd.businessobjects rep
iapplication/vnd.chemdraw+xml cdxml
iapplication/vnd.chipnuts.karaoke-mmd mmd
iapplication/vnd.cinderella cdy
iapplication/vnd.citationstyles.style+xml csl
iapplication/vnd.claymore cla
iapplication/vnd.cloanto.rp9 rp9
iapplication/vnd.clonk.c4group c4g c4d c4f c4p c4u
iapplication/vnd.cluetrust.cartomobile-config c11amc
iapplication/vnd.cluetrust.cartomobile-config-pkg c11amz
iapplication/vnd.commonspace csp
iapplication/vnd.contact.cmsg cdbcmsg
iapplication/vnd.cosmocaller cmc
iapplication/vnd.crick.clicker clkx
iapplication/vnd.crick.clicker.keyboard clkk
iapplication/vnd.crick.clicker.palette clkp
iapplication/vnd.crick.clicker.template clkt
iapplication/vnd.crick.clicker.wordbank clkw
iapplication/vnd.criticaltools.wbs+xml wbs
iapplication/vnd.ctc-posml pml
iapplication/vnd.cups-ppd ppd
aapplication/vnd.curl.car car
aapplication/vnd.curl.pcurl pcurl
iapplication/vnd.dart dart
iapplication/vnd.data-vision.rdz rdz
iapplication/vnd.dbf dbf
iapplication/vnd.dcmp+xml dcmp
iapplication/vnd.dece.data uvf uvvf uvd uvvd
iapplication/vnd.dece.ttml+xml uvt uvvt
iapplication/vnd.dece.unspecified uvx uvvx
iapplication/vnd.dece.zip uvz uvvz
iapplication/vnd.denovo.fcselayout-link fe_launch
iapplication/vnd.dna dna
aapplication/vnd.dolby.mlp mlp
iapplication/vnd.dpgraph dpg
iapplication/vnd.dreamfactory dfac
aapplication/vnd.ds-keypoint kpxx
iapplication/vnd.dvb.ait ait
iapplication/vnd.dvb.service svc
iapplication/vnd.dynageo geo
iapplication/vnd.ecowin.chart mag
iapplication/vnd.enliven nml
iapplication/vnd.epson.esf esf
iapplication/vnd.epson.msf msf
iapplication/vnd.epson.quickanime qam
iapplication/vnd.epson.salt slt
iapplication/vnd.epson.ssf ssf
iapplication/vnd.eszigno3+xml es3 et3
iapplication/vnd.ezpix-album ez2
iapplication/vnd.ezpix-package ez3
aapplication/vnd.fdf fdf
iapplication/vnd.fdsn.mseed mseed
iapplication/vnd.fdsn.seed seed dataless
iapplication/vnd.flographit gph
iapplication/vnd.fluxtime.clip ftc
iapplication/vnd.framemaker fm frame maker book
aapplication/vnd.frogans.fnc fnc
aapplication/vnd.frogans.ltf ltf
iapplication/vnd.fsc.weblaunch fsc
iapplication/vnd.fujitsu.oasys oas
iapplication/vnd.fujitsu.oasys2 oa2
iapplication/vnd.fujitsu.oasys3 oa3
iapplication/vnd.fujitsu.oasysgp fg5
iapplication/vnd.fujitsu.oasysprs bh2
iapplication/vnd.fujixerox.ddd ddd
iapplication/vnd.fujixerox.docuworks xdw
iapplication/vnd.fujixerox.docuworks.binder xbd
iapplication/vnd.fuzzysheet fzs
iapplication/vnd.genomatix.tuxedo txd
iapplication/vnd.geogebra.file ggb
iapplication/vnd.geogebra.slides ggs
iapplication/vnd.geogebra.tool ggt
iapplication/vnd.geometry-explorer gex gre
iapplication/vnd.geonext gxt
iapplication/vnd.geoplan g2w
iapplication/vnd.geospace g3w
iapplication/vnd.gmx gmx
-application/vnd.google-apps.document gdoc
-application/vnd.google-apps.drawing gdraw
-application/vnd.google-apps.form gform
-application/vnd.google-apps.jam gjam
-application/vnd.google-apps.map gmap
-application/vnd.google-apps.presentation gslides
-application/vnd.google-apps.script gscript
-application/vnd.google-apps.site gsite
-application/vnd.google-apps.spreadsheet gsheet
iapplication/vnd.google-earth.kml+xml kml
iapplication/vnd.google-earth.kmz kmz
iapplication/vnd.gov.sk.xmldatacontainer+xml xdcf
iapplication/vnd.grafeq gqf gqs
iapplication/vnd.groove-account gac
iapplication/vnd.groove-help ghf
iapplication/vnd.groove-identity-message gim
iapplication/vnd.groove-injector grv
iapplication/vnd.groove-tool-message gtm
iapplication/vnd.groove-tool-template tpl
iapplication/vnd.groove-vcard vcg
iapplication/vnd.hal+xml hal
iapplication/vnd.handheld-entertainment+xml zmm
iapplication/vnd.hbci hbci
iapplication/vnd.hhe.lesson-player les
iapplication/vnd.hp-hpgl hpgl
iapplication/vnd.hp-hpid hpid
iapplication/vnd.hp-hps hps
iapplication/vnd.hp-jlyt jlt
iapplication/vnd.hp-pcl pcl
iapplication/vnd.hp-pclxl pclxl
iapplication/vnd.hydrostatix.sof-data sfd-hdstx
iapplication/vnd.ibm.minipay mpy
aapplication/vnd.ibm.modcap afp listafp list3820
iapplication/vnd.ibm.rights-management irm
iapplication/vnd.ibm.secure-container sc
iapplication/vnd.iccprofile icc icm
iapplication/vnd.igloader igl
iapplication/vnd.immervision-ivp ivp
iapplication/vnd.immervision-ivu ivu
iapplication/vnd.insors.igm igm
iapplication/vnd.intercon.formnet xpw xpx
iapplication/vnd.intergeo i2g
iapplication/vnd.intu.qbo qbo
iapplication/vnd.intu.qfx qfx
iapplication/vnd.ipunplugged.rcprofile rcprofile
iapplication/vnd.irepository.package+xml irp
iapplication/vnd.is-xpr xpr
iapplication/vnd.isac.fcs fcs
iapplication/vnd.jam jam
iapplication/vnd.jcp.javame.midlet-rms rms
iapplication/vnd.jisp jisp
iapplication/vnd.joost.joda-archive joda
iapplication/vnd.kahootz ktz ktr
iapplication/vnd.kde.karbon karbon
iapplication/vnd.kde.kchart chrt
iapplication/vnd.kde.kformula kfo
iapplication/vnd.kde.kivio flw
iapplication/vnd.kde.kontour kon
iapplication/vnd.kde.kpresenter kpr kpt
iapplication/vnd.kde.kspread ksp
iapplication/vnd.kde.kword kwd kwt
iapplication/vnd.kenameaapp htke
iapplication/vnd.kidspiration kia
iapplication/vnd.kinar kne knp
iapplication/vnd.koan skp skd skt skm
iapplication/vnd.kodak-descriptor sse
iapplication/vnd.las.las+xml lasxml
iapplication/vnd.llamagraphics.life-balance.desktop lbd
iapplication/vnd.llamagraphics.life-balance.exchange+xml lbe
iapplication/vnd.lotus-1-2-3 123
iapplication/vnd.lotus-approach apr
iapplication/vnd.lotus-freelance pre
iapplication/vnd.lotus-notes nsf
iapplication/vnd.lotus-organizer org
iapplication/vnd.lotus-screencam scm
iapplication/vnd.lotus-wordpro lwp
iapplication/vnd.macports.portpkg portpkg
iapplication/vnd.mapbox-vector-tile mvt
iapplication/vnd.mcd mcd
iapplication/vnd.medcalcdata mc1
iapplication/vnd.mediastation.cdkey cdkey
iapplication/vnd.mfer mwf
iapplication/vnd.mfmp mfm
iapplication/vnd.micrografx.flo flo
iapplication/vnd.micrografx.igx igx
iapplication/vnd.mif mif
iapplication/vnd.mobius.daf daf
iapplication/vnd.mobius.dis dis
iapplication/vnd.mobius.mbk mbk
iapplication/vnd.mobius.mqy mqy
iapplication/vnd.mobius.msl msl
iapplication/vnd.mobius.plc plc
iapplication/vnd.mobius.txf txf
iapplication/vnd.mophun.application mpn
iapplication/vnd.mophun.certificate mpc
iapplication/vnd.mozilla.xul+xml xul
iapplication/vnd.ms-artgalry cil
iapplication/vnd.ms-cab-compressed cab
iapplication/vnd.ms-excel xls xlm xla xlc xlt xlw
iapplication/vnd.ms-excel.addin.macroenabled.12 xlam
iapplication/vnd.ms-excel.sheet.binary.macroenabled.12 xlsb
iapplication/vnd.ms-excel.sheet.macroenabled.12 xlsm
iapplication/vnd.ms-excel.template.macroenabled.12 xltm
iapplication/vnd.ms-fontobject eot
iapplication/vnd.ms-htmlhelp chm
iapplication/vnd.ms-ims ims
iapplication/vnd.ms-lrm lrm
iapplication/vnd.ms-officetheme thmx
-application/vnd.ms-outlook msg
aapplication/vnd.ms-pki.seccat cat
aapplication/vnd.ms-pki.stl stl
iapplication/vnd.ms-powerpoint ppt pps pot
iapplication/vnd.ms-powerpoint.addin.macroenabled.12 ppam
iapplication/vnd.ms-powerpoint.presentation.macroenabled.12 pptm
iapplication/vnd.ms-powerpoint.slide.macroenabled.12 sldm
iapplication/vnd.ms-powerpoint.slideshow.macroenabled.12 ppsm
iapplication/vnd.ms-powerpoint.template.macroenabled.12 potm
iapplication/vnd.ms-project mpp mpt
-application/vnd.ms-visio.viewer vdx
iapplication/vnd.ms-word.document.macroenabled.12 docm
iapplication/vnd.ms-word.template.macroenabled.12 dotm
iapplication/vnd.ms-works wps wks wcm wdb
iapplication/vnd.ms-wpl wpl
iapplication/vnd.ms-xpsdocument xps
iapplication/vnd.mseq mseq
iapplication/vnd.musician mus
iapplication/vnd.muvee.style msty
iapplication/vnd.mynfc taglet
iapplication/vnd.nato.bindingdataobject+xml bdo
iapplication/vnd.neurolanguage.nlu nlu
iapplication/vnd.nitf ntf nitf
iapplication/vnd.noblenet-directory nnd
iapplication/vnd.noblenet-sealer nns
iapplication/vnd.noblenet-web nnw
iapplication/vnd.nokia.n-gage.ac+xml ac
iapplication/vnd.nokia.n-gage.data ngdat
aapplication/vnd.nokia.n-gage.symbian.install n-gage
iapplication/vnd.nokia.radio-preset rpst
iapplication/vnd.nokia.radio-presets rpss
iapplication/vnd.novadigm.edm edm
iapplication/vnd.novadigm.edx edx
iapplication/vnd.novadigm.ext ext
iapplication/vnd.oasis.opendocument.chart odc
iapplication/vnd.oasis.opendocument.chart-template otc
aapplication/vnd.oasis.opendocument.database odb
iapplication/vnd.oasis.opendocument.formula odf
iapplication/vnd.oasis.opendocument.formula-template odft
iapplication/vnd.oasis.opendocument.graphics odg
iapplication/vnd.oasis.opendocument.graphics-template otg
iapplication/vnd.oasis.opendocument.image odi
iapplication/vnd.oasis.opendocument.image-template oti
iapplication/vnd.oasis.opendocument.presentation odp
iapplication/vnd.oasis.opendocument.presentation-template otp
iapplication/vnd.oasis.opendocument.spreadsheet ods
iapplication/vnd.oasis.opendocument.spreadsheet-template ots
iapplication/vnd.oasis.opendocument.text odt
iapplication/vnd.oasis.opendocument.text-master odm
iapplication/vnd.oasis.opendocument.text-template ott
iapplication/vnd.oasis.opendocument.text-web oth
iapplication/vnd.olpc-sugar xo
iapplication/vnd.oma.dd2+xml dd2
iapplication/vnd.openblox.game+xml obgx
aapplication/vnd.openofficeorg.extension oxt
iapplication/vnd.openstreetmap.data+xml osm
iapplication/vnd.openxmlformats-officedocument.presentationml.presentation pptx
iapplication/vnd.openxmlformats-officedocument.presentationml.slide sldx
iapplication/vnd.openxmlformats-officedocument.presentationml.slideshow ppsx
iapplication/vnd.openxmlformats-officedocument.presentationml.template potx
iapplication/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
iapplication/vnd.openxmlformats-officedocument.spreadsheetml.template xltx
iapplication/vnd.openxmlformats-officedocument.wordprocessingml.document docx
iapplication/vnd.openxmlformats-officedocument.wordprocessingml.template dotx
iapplication/vnd.osgeo.mapguide.package mgp
iapplication/vnd.osgi.dp dp
iapplication/vnd.osgi.subsystem esa
iapplication/vnd.palm pdb pqa oprc
iapplication/vnd.pawaafile paw
iapplication/vnd.pg.format str
iapplication/vnd.pg.osasli ei6
iapplication/vnd.picsel efif
iapplication/vnd.pmi.widget wg
iapplication/vnd.pocketlearn plf
iapplication/vnd.powerbuilder6 pbd
iapplication/vnd.previewsystems.box box
-application/vnd.procrate.brushset brushset
-application/vnd.procreate.brush brush
-application/vnd.procreate.dream drm
iapplication/vnd.proteus.magazine mgz
iapplication/vnd.publishare-delta-tree qps
iapplication/vnd.pvi.ptid1 ptid
iapplication/vnd.pwg-xhtml-print+xml xhtm
iapplication/vnd.quark.quarkxpress qxd qxt qwd qwt qxl qxb
iapplication/vnd.rar rar
iapplication/vnd.realvnc.bed bed
iapplication/vnd.recordare.musicxml mxl
iapplication/vnd.recordare.musicxml+xml musicxml
iapplication/vnd.rig.cryptonote cryptonote
aapplication/vnd.rim.cod cod
aapplication/vnd.rn-realmedia rm
aapplication/vnd.rn-realmedia-vbr rmvb
iapplication/vnd.route66.link66+xml link66
iapplication/vnd.sailingtracker.track st
iapplication/vnd.seemail see
iapplication/vnd.sema sema
iapplication/vnd.semd semd
iapplication/vnd.semf semf
iapplication/vnd.shana.informed.formdata ifm
iapplication/vnd.shana.informed.formtemplate itp
iapplication/vnd.shana.informed.interchange iif
iapplication/vnd.shana.informed.package ipk
iapplication/vnd.simtech-mindmapper twd twds
iapplication/vnd.smaf mmf
iapplication/vnd.smart.teacher teacher
iapplication/vnd.software602.filler.form+xml fo
iapplication/vnd.solent.sdkm+xml sdkm sdkd
iapplication/vnd.spotfire.dxp dxp
iapplication/vnd.spotfire.sfs sfs
aapplication/vnd.stardivision.calc sdc
aapplication/vnd.stardivision.draw sda
aapplication/vnd.stardivision.impress sdd
aapplication/vnd.stardivision.math smf
aapplication/vnd.stardivision.writer sdw vor
aapplication/vnd.stardivision.writer-global sgl
iapplication/vnd.stepmania.package smzip
iapplication/vnd.stepmania.stepchart sm
iapplication/vnd.sun.wadl+xml wadl
aapplication/vnd.sun.xml.calc sxc
aapplication/vnd.sun.xml.calc.template stc
aapplication/vnd.sun.xml.draw sxd
aapplication/vnd.sun.xml.draw.template std
aapplication/vnd.sun.xml.impress sxi
aapplication/vnd.sun.xml.impress.template sti
aapplication/vnd.sun.xml.math sxm
aapplication/vnd.sun.xml.writer sxw
aapplication/vnd.sun.xml.writer.global sxg
aapplication/vnd.sun.xml.writer.template stw
iapplication/vnd.sus-calendar sus susp
iapplication/vnd.svd svd
aapplication/vnd.symbian.install sis sisx
iapplication/vnd.syncml+xml xsm
iapplication/vnd.syncml.dm+wbxml bdm
iapplication/vnd.syncml.dm+xml xdm
iapplication/vnd.syncml.dmddf+xml ddf
iapplication/vnd.tao.intent-module-archive tao
iapplication/vnd.tcpdump.pcap pcap cap dmp
iapplication/vnd.tmobile-livetv tmo
iapplication/vnd.trid.tpt tpt
iapplication/vnd.triscape.mxs mxs
iapplication/vnd.trueapp tra
iapplication/vnd.ufdl ufd ufdl
iapplication/vnd.uiq.theme utz
iapplication/vnd.umajin umj
iapplication/vnd.unity unityweb
iapplication/vnd.uoml+xml uoml uo
iapplication/vnd.vcx vcx
iapplication/vnd.visio vsd vst vss vsw vsdx vtx
iapplication/vnd.visionary vis
iapplication/vnd.vsf vsf
iapplication/vnd.wap.wbxml wbxml
iapplication/vnd.wap.wmlc wmlc
iapplication/vnd.wap.wmlscriptc wmlsc
iapplication/vnd.webturbo wtb
iapplication/vnd.wolfram.player nbp
iapplication/vnd.wordperfect wpd
iapplication/vnd.wqd wqd
iapplication/vnd.wt.stf stf
iapplication/vnd.xara xar
iapplication/vnd.xfdl xfdl
iapplication/vnd.yamaha.hv-dic hvd
iapplication/vnd.yamaha.hv-script hvs
iapplication/vnd.yamaha.hv-voice hvp
iapplication/vnd.yamaha.openscoreformat osf
iapplication/vnd.yamaha.openscoreformat.osfpvg+xml osfpvg
iapplication/vnd.yamaha.smaf-audio saf
iapplication/vnd.yamaha.smaf-phrase spf
iapplication/vnd.yellowriver-custom-menu cmp
iapplication/vnd.zul zir zirz
iapplication/vnd.zzazz.deck+xml zaz
iapplication/voicexml+xml vxml
iapplication/wasm wasm
iapplication/watcherinfo+xml wif
iapplication/widget wgt
aapplication/winhlp hlp
iapplication/wsdl+xml wsdl
iapplication/wspolicy+xml wspolicy
aapplication/x-7z-compressed 7z
aapplication/x-abiword abw
aapplication/x-ace-compressed ace
aapplication/x-apple-diskimage dmg
-application/x-arj arj
aapplication/x-authorware-bin aab x32 u32 vox
aapplication/x-authorware-map aam
aapplication/x-authorware-seg aas
aapplication/x-bcpio bcpio
-application/x-bdoc bdoc
aapplication/x-bittorrent torrent
-application/x-blender blend
aapplication/x-blorb blb blorb
aapplication/x-bzip bz
aapplication/x-bzip2 bz2 boz
aapplication/x-cbr cbr cba cbt cbz cb7
aapplication/x-cdlink vcd
aapplication/x-cfs-compressed cfs
aapplication/x-chat chat
aapplication/x-chess-pgn pgn
-application/x-chrome-extension crx
napplication/x-cocoa cco
-application/x-compressed rar
aapplication/x-conference nsc
aapplication/x-cpio cpio
aapplication/x-csh csh
aapplication/x-debian-package deb udeb
aapplication/x-dgc-compressed dgc
aapplication/x-director dir dcr dxr cst cct cxt w3d fgd swa
aapplication/x-doom wad
aapplication/x-dtbncx+xml ncx
aapplication/x-dtbook+xml dtb
aapplication/x-dtbresource+xml res
aapplication/x-dvi dvi
aapplication/x-envoy evy
aapplication/x-eva eva
aapplication/x-font-bdf bdf
aapplication/x-font-ghostscript gsf
aapplication/x-font-linux-psf psf
aapplication/x-font-pcf pcf
aapplication/x-font-snf snf
aapplication/x-font-type1 pfa pfb pfm afm
aapplication/x-freearc arc
aapplication/x-futuresplash spl
aapplication/x-gca-compressed gca
aapplication/x-glulx ulx
aapplication/x-gnumeric gnumeric
aapplication/x-gramps-xml gramps
aapplication/x-gtar gtar
aapplication/x-hdf hdf
-application/x-httpd-php php
aapplication/x-install-instructions install
-application/x-ipynb+json ipynb
aapplication/x-iso9660-image iso
-application/x-iwork-keynote-sffkey key
-application/x-iwork-numbers-sffnumbers numbers
-application/x-iwork-pages-sffpages pages
napplication/x-java-archive-diff jardiff
aapplication/x-java-jnlp-file jnlp
-application/x-keepass2 kdbx
aapplication/x-latex latex
-application/x-lua-bytecode luac
aapplication/x-lzh-compressed lzh lha
napplication/x-makeself run
aapplication/x-mie mie
aapplication/x-mobipocket-ebook prc mobi
aapplication/x-ms-application application
aapplication/x-ms-shortcut lnk
aapplication/x-ms-wmd wmd
aapplication/x-ms-wmz wmz
aapplication/x-ms-xbap xbap
aapplication/x-msaccess mdb
aapplication/x-msbinder obd
aapplication/x-mscardfile crd
aapplication/x-msclip clp
-application/x-msdos-program exe
aapplication/x-msdownload exe dll com bat msi
aapplication/x-msmediaview mvb m13 m14
aapplication/x-msmetafile wmf wmz emf emz
aapplication/x-msmoney mny
aapplication/x-mspublisher pub
aapplication/x-msschedule scd
aapplication/x-msterminal trm
aapplication/x-mswrite wri
aapplication/x-netcdf nc cdf
-application/x-ns-proxy-autoconfig pac
aapplication/x-nzb nzb
napplication/x-perl pl pm
napplication/x-pilot prc pdb
aapplication/x-pkcs12 p12 pfx
aapplication/x-pkcs7-certificates p7b spc
aapplication/x-pkcs7-certreqresp p7r
aapplication/x-rar-compressed rar
napplication/x-redhat-package-manager rpm
aapplication/x-research-info-systems ris
napplication/x-sea sea
aapplication/x-sh sh
aapplication/x-shar shar
aapplication/x-shockwave-flash swf
aapplication/x-silverlight-app xap
aapplication/x-sql sql
aapplication/x-stuffit sit
aapplication/x-stuffitx sitx
aapplication/x-subrip srt
aapplication/x-sv4cpio sv4cpio
aapplication/x-sv4crc sv4crc
aapplication/x-t3vm-image t3
aapplication/x-tads gam
aapplication/x-tar tar
aapplication/x-tcl tcl tk
aapplication/x-tex tex
aapplication/x-tex-tfm tfm
aapplication/x-texinfo texinfo texi
aapplication/x-tgif obj
aapplication/x-ustar ustar
-application/x-virtualbox-hdd hdd
-application/x-virtualbox-ova ova
-application/x-virtualbox-ovf ovf
-application/x-virtualbox-vbox vbox
-application/x-virtualbox-vbox-extpack vbox-extpack
-application/x-virtualbox-vdi vdi
-application/x-virtualbox-vhd vhd
-application/x-virtualbox-vmdk vmdk
aapplication/x-wais-source src
-application/x-web-app-manifest+json webapp
iapplication/x-x509-ca-cert der crt pem
aapplication/x-xfig fig
aapplication/x-xliff+xml xlf
aapplication/x-xpinstall xpi
aapplication/x-xz xz
-application/x-zip-compressed zip
aapplication/x-zmachine z1 z2 z3 z4 z5 z6 z7 z8
aapplication/xaml+xml xaml
iapplication/xcap-att+xml xav
iapplication/xcap-caps+xml xca
iapplication/xcap-diff+xml xdf
iapplication/xcap-el+xml xel
iapplication/xcap-ns+xml xns
iapplication/xenc+xml xenc
iapplication/xfdf xfdf
iapplication/xhtml+xml xhtml xht
iapplication/xliff+xml xlf
iapplication/xml xml xsl xsd rng
iapplication/xml-dtd dtd
iapplication/xop+xml xop
aapplication/xproc+xml xpl
iapplication/xslt+xml xsl xslt
aapplication/xspf+xml xspf
iapplication/xv+xml mxml xhvml xvml xvm
iapplication/yang yang
iapplication/yin+xml yin
iapplication/zip zip
-application/zip+dotlottie lottie
iaudio/3gpp 3gpp
iaudio/aac adts aac
aaudio/adpcm adp
iaudio/amr amr
iaudio/basic au snd
aaudio/midi mid midi kar rmi
iaudio/mobile-xmf mxmf
-audio/mp3 mp3
iaudio/mp4 m4a mp4a m4b
iaudio/mpeg mpga mp2 mp2a mp3 m2a m3a
iaudio/ogg oga ogg spx opus
aaudio/s3m s3m
aaudio/silk sil
iaudio/vnd.dece.audio uva uvva
iaudio/vnd.digital-winds eol
iaudio/vnd.dra dra
iaudio/vnd.dts dts
iaudio/vnd.dts.hd dtshd
iaudio/vnd.lucent.voice lvp
iaudio/vnd.ms-playready.media.pya pya
iaudio/vnd.nuera.ecelp4800 ecelp4800
iaudio/vnd.nuera.ecelp7470 ecelp7470
iaudio/vnd.nuera.ecelp9600 ecelp9600
iaudio/vnd.rip rip
-audio/wav wav
-audio/wave wav
aaudio/webm weba
aaudio/x-aac aac
aaudio/x-aiff aif aiff aifc
aaudio/x-caf caf
aaudio/x-flac flac
naudio/x-m4a m4a
aaudio/x-matroska mka
aaudio/x-mpegurl m3u
aaudio/x-ms-wax wax
aaudio/x-ms-wma wma
aaudio/x-pn-realaudio ram ra
aaudio/x-pn-realaudio-plugin rmp
naudio/x-realaudio ra
aaudio/x-wav wav
aaudio/xm xm
achemical/x-cdx cdx
achemical/x-cif cif
achemical/x-cmdf cmdf
achemical/x-cml cml
achemical/x-csml csml
achemical/x-xyz xyz
ifont/collection ttc
ifont/otf otf
ifont/ttf ttf
ifont/woff woff
ifont/woff2 woff2
iimage/aces exr
iimage/apng apng
iimage/avci avci
iimage/avcs avcs
iimage/avif avif
iimage/bmp bmp dib
iimage/cgm cgm
iimage/dicom-rle drle
iimage/dpx dpx
iimage/emf emf
iimage/fits fits
iimage/g3fax g3
iimage/gif gif
iimage/heic heic
iimage/heic-sequence heics
iimage/heif heif
iimage/heif-sequence heifs
iimage/hej2k hej2
iimage/ief ief
iimage/jaii jaii
iimage/jais jais
iimage/jls jls
iimage/jp2 jp2 jpg2
iimage/jpeg jpg jpeg jpe
iimage/jph jph
iimage/jphc jhc
iimage/jpm jpm jpgm
iimage/jpx jpx jpf
iimage/jxl jxl
iimage/jxr jxr
iimage/jxra jxra
iimage/jxrs jxrs
iimage/jxs jxs
iimage/jxsc jxsc
iimage/jxsi jxsi
iimage/jxss jxss
iimage/ktx ktx
iimage/ktx2 ktx2
-image/pjpeg jfif
iimage/png png
iimage/prs.btif btif btf
iimage/prs.pti pti
aimage/sgi sgi
iimage/svg+xml svg svgz
iimage/t38 t38
iimage/tiff tif tiff
iimage/tiff-fx tfx
iimage/vnd.adobe.photoshop psd
iimage/vnd.airzip.accelerator.azv azv
iimage/vnd.dece.graphic uvi uvvi uvg uvvg
iimage/vnd.djvu djvu djv
iimage/vnd.dvb.subtitle sub
iimage/vnd.dwg dwg
iimage/vnd.dxf dxf
iimage/vnd.fastbidsheet fbs
iimage/vnd.fpx fpx
iimage/vnd.fst fst
iimage/vnd.fujixerox.edmics-mmr mmr
iimage/vnd.fujixerox.edmics-rlc rlc
iimage/vnd.microsoft.icon ico
-image/vnd.ms-dds dds
iimage/vnd.ms-modi mdi
aimage/vnd.ms-photo wdp
iimage/vnd.net-fpx npx
iimage/vnd.pco.b16 b16
iimage/vnd.tencent.tap tap
iimage/vnd.valve.source.texture vtf
iimage/vnd.wap.wbmp wbmp
iimage/vnd.xiff xif
iimage/vnd.zbrush.pcx pcx
iimage/webp webp
iimage/wmf wmf
aimage/x-3ds 3ds
-image/x-adobe-dng dng
aimage/x-cmu-raster ras
aimage/x-cmx cmx
aimage/x-freehand fh fhc fh4 fh5 fh7
aimage/x-icon ico
nimage/x-jng jng
aimage/x-mrsid-image sid
nimage/x-ms-bmp bmp
aimage/x-pcx pcx
aimage/x-pict pic pct
aimage/x-portable-anymap pnm
aimage/x-portable-bitmap pbm
aimage/x-portable-graymap pgm
aimage/x-portable-pixmap ppm
aimage/x-rgb rgb
aimage/x-tga tga
aimage/x-xbitmap xbm
aimage/x-xpixmap xpm
aimage/x-xwindowdump xwd
imessage/disposition-notification disposition-notification
imessage/global u8msg
imessage/global-delivery-status u8dsn
imessage/global-disposition-notification u8mdn
imessage/global-headers u8hdr
imessage/rfc822 eml mime mht mhtml
imessage/vnd.wfa.wsc wsc
imodel/3mf 3mf
imodel/gltf+json gltf
imodel/gltf-binary glb
imodel/iges igs iges
imodel/jt jt
imodel/mesh msh mesh silo
imodel/mtl mtl
imodel/obj obj
imodel/prc prc
imodel/step step stp stpnc p21 210
imodel/step+xml stpx
imodel/step+zip stpz
imodel/step-xml+zip stpxz
imodel/stl stl
imodel/u3d u3d
imodel/vnd.bary bary
imodel/vnd.cld cld
imodel/vnd.collada+xml dae
imodel/vnd.dwf dwf
imodel/vnd.gdl gdl
imodel/vnd.gtw gtw
imodel/vnd.mts mts
imodel/vnd.opengex ogex
imodel/vnd.parasolid.transmit.binary x_b
imodel/vnd.parasolid.transmit.text x_t
imodel/vnd.pytha.pyox pyo pyox
imodel/vnd.sap.vds vds
imodel/vnd.usda usda
imodel/vnd.usdz+zip usdz
imodel/vnd.valve.source.compiled-map bsp
imodel/vnd.vtu vtu
imodel/vrml wrl vrml
amodel/x3d+binary x3db x3dbz
imodel/x3d+fastinfoset x3db
amodel/x3d+vrml x3dv x3dvz
imodel/x3d+xml x3d x3dz
imodel/x3d-vrml x3dv
itext/cache-manifest appcache manifest
itext/calendar ics ifb
-text/coffeescript coffee litcoffee
itext/css css
itext/csv csv
itext/html html htm shtml
-text/jade jade
itext/javascript js mjs
-text/jsx jsx
-text/less less
itext/markdown md markdown
ntext/mathml mml
-text/mdx mdx
itext/n3 n3
itext/plain txt text conf def list log in ini
itext/prs.lines.tag dsc
itext/richtext rtx
itext/rtf rtf
itext/sgml sgml sgm
itext/shex shex
-text/slim slim slm
itext/spdx spdx
-text/stylus stylus styl
itext/tab-separated-values tsv
itext/troff t tr roff man me ms
itext/turtle ttl
itext/uri-list uri uris urls
itext/vcard vcard
itext/vnd.curl curl
atext/vnd.curl.dcurl dcurl
atext/vnd.curl.mcurl mcurl
atext/vnd.curl.scurl scurl
itext/vnd.dvb.subtitle sub
itext/vnd.familysearch.gedcom ged
itext/vnd.fly fly
itext/vnd.fmi.flexstor flx
itext/vnd.graphviz gv
itext/vnd.in3d.3dml 3dml
itext/vnd.in3d.spot spot
itext/vnd.sun.j2me.app-descriptor jad
itext/vnd.wap.wml wml
itext/vnd.wap.wmlscript wmls
itext/vtt vtt
itext/wgsl wgsl
atext/x-asm s asm
atext/x-c c cc cxx cpp h hh dic
ntext/x-component htc
atext/x-fortran f for f77 f90
-text/x-handlebars-template hbs
atext/x-java-source java
-text/x-lua lua
-text/x-markdown mkd
atext/x-nfo nfo
atext/x-opml opml
-text/x-org org
atext/x-pascal p pas
-text/x-processing pde
-text/x-sass sass
-text/x-scss scss
atext/x-setext etx
atext/x-sfv sfv
-text/x-suse-ymp ymp
atext/x-uuencode uu
atext/x-vcalendar vcs
atext/x-vcard vcf
itext/xml xml
-text/yaml yaml yml
ivideo/3gpp 3gp 3gpp
ivideo/3gpp2 3g2
ivideo/h261 h261
ivideo/h263 h263
ivideo/h264 h264
ivideo/iso.segment m4s
ivideo/jpeg jpgv
avideo/jpm jpm jpgm
ivideo/mj2 mj2 mjp2
ivideo/mp2t ts m2t m2ts mts
ivideo/mp4 mp4 mp4v mpg4
ivideo/mpeg mpeg mpg mpe m1v m2v
ivideo/ogg ogv
ivideo/quicktime qt mov
ivideo/vnd.dece.hd uvh uvvh
ivideo/vnd.dece.mobile uvm uvvm
ivideo/vnd.dece.pd uvp uvvp
ivideo/vnd.dece.sd uvs uvvs
ivideo/vnd.dece.video uvv uvvv
ivideo/vnd.dvb.file dvb
ivideo/vnd.fvt fvt
ivideo/vnd.mpegurl mxu m4u
ivideo/vnd.ms-playready.media.pyv pyv
ivideo/vnd.uvvu.mp4 uvu uvvu
ivideo/vnd.vivo viv
avideo/webm webm
avideo/x-f4v f4v
avideo/x-fli fli
avideo/x-flv flv
avideo/x-m4v m4v
avideo/x-matroska mkv mk3d mks
avideo/x-mng mng
avideo/x-ms-asf asf asx
avideo/x-ms-vob vob
avideo/x-ms-wm wm
avideo/x-ms-wmv wmv
avideo/x-ms-wmx wmx
avideo/x-ms-wvx wvx
avideo/x-msvideo avi
avideo/x-sgi-movie movie
avideo/x-smv smv
ax-conference/x-cooltalk ice`

for (const line of table.trim().split('\n')) {
  const [type, ...extensions] = line.slice(1).split(' ')
  exports[type] = { source: sources[line[0]], extensions }
}
