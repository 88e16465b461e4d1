import java.io.File;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tsp.TimeStampToken;

/** Prints what PDFBox and BouncyCastle find in the signatures of a PDF, one JSON object a line. */
public class ShowSignatures {
  public static void main(String[] files) throws Exception {
    for (String file : files) {
      byte[] bytes = Files.readAllBytes(new File(file).toPath());
      try (PDDocument document = PDDocument.load(bytes)) {
        for (PDSignature signature : document.getSignatureDictionaries()) show(signature, bytes);
      }
    }
  }

  private static void show(PDSignature signature, byte[] file) throws Exception {
    byte[] content = signature.getSignedContent(file);
    CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(content), signature.getContents(file));
    SignerInformation signer = cms.getSignerInfos().iterator().next();
    @SuppressWarnings("unchecked")
    X509CertificateHolder certificate =
        (X509CertificateHolder) cms.getCertificates().getMatches(signer.getSID()).iterator().next();
    JcaSimpleSignerInfoVerifierBuilder verifier =
        new JcaSimpleSignerInfoVerifierBuilder().setProvider(new BouncyCastleProvider());
    int roots = 0;
    for (X509CertificateHolder each : cms.getCertificates().getMatches(null)) {
      if (each.getSubject().equals(each.getIssuer())) roots++;
    }
    System.out.printf(
        "{\"verified\":%b,\"signingCertificateV2\":%b,\"signingTime\":%b,\"attributesInOrder\":%b,\"roots\":%d,\"timestamp\":%s}%n",
        signer.verify(verifier.build(certificate)),
        has(signer.getSignedAttributes(), PKCSObjectIdentifiers.id_aa_signingCertificateV2),
        has(signer.getSignedAttributes(), PKCSObjectIdentifiers.pkcs_9_at_signingTime),
        attributesInOrder(signer),
        roots,
        timestamp(signer));
  }

  private static boolean has(AttributeTable attributes, ASN1ObjectIdentifier type) {
    return attributes.get(type) != null;
  }

  /** "DL" keeps the order of the file, "DER" sorts. */
  private static boolean attributesInOrder(SignerInformation signer) throws Exception {
    ASN1Set attributes = signer.toASN1Structure().getAuthenticatedAttributes();
    return Arrays.equals(attributes.getEncoded("DL"), attributes.getEncoded("DER"));
  }

  /** Whether a signature timestamp stamps this signature value; null without one. */
  private static String timestamp(SignerInformation signer) throws Exception {
    AttributeTable attributes = signer.getUnsignedAttributes();
    if (attributes == null || !has(attributes, PKCSObjectIdentifiers.id_aa_signatureTimeStampToken)) return "null";
    byte[] token =
        attributes
            .get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken)
            .getAttrValues()
            .getObjectAt(0)
            .toASN1Primitive()
            .getEncoded();
    TimeStampToken stamp = new TimeStampToken(new CMSSignedData(token));
    MessageDigest digest = MessageDigest.getInstance(stamp.getTimeStampInfo().getMessageImprintAlgOID().getId());
    byte[] imprint = stamp.getTimeStampInfo().getMessageImprintDigest();
    return String.valueOf(Arrays.equals(digest.digest(signer.getSignature()), imprint));
  }
}
