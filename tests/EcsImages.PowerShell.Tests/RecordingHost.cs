using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace EcsImages.PowerShell.Tests;

/// <summary>A host without a person: it records what it is told, and cannot be asked.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingUI _ui = new();

    /// <summary>What was written straight to the host: What if, and warnings after a stop.</summary>
    public IReadOnlyList<string> Lines => _ui.Lines;

    /// <summary>Answers questions of which the text is handed in by the number of the choice; while it is null, nobody can be asked.</summary>
    public Func<string, int>? Answer { get => _ui.Answer; set => _ui.Answer = value; }

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Tests";

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new PSNotSupportedException();

    public override void ExitNestedPrompt() => throw new PSNotSupportedException();

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    public override void SetShouldExit(int exitCode) { }

    private sealed class RecordingUI : PSHostUserInterface
    {
        public List<string> Lines { get; } = [];

        public Func<string, int>? Answer { get; set; }

        public override PSHostRawUserInterface? RawUI => null;

        public override Dictionary<string, PSObject> Prompt(string caption, string message, System.Collections.ObjectModel.Collection<FieldDescription> descriptions) =>
            throw new PSInvalidOperationException("There is nobody to ask.");

        public override int PromptForChoice(string caption, string message, System.Collections.ObjectModel.Collection<ChoiceDescription> choices, int defaultChoice) =>
            Answer?.Invoke(message) ?? throw new PSInvalidOperationException("There is nobody to ask.");

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
            throw new PSInvalidOperationException("There is nobody to ask.");

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
            throw new PSInvalidOperationException("There is nobody to ask.");

        public override string ReadLine() => throw new PSInvalidOperationException("There is nobody to ask.");

        public override SecureString ReadLineAsSecureString() => throw new PSInvalidOperationException("There is nobody to ask.");

        public override void Write(string value) => Lines.Add(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Lines.Add(value);

        public override void WriteDebugLine(string message) => Lines.Add("DEBUG: " + message);

        public override void WriteErrorLine(string value) => Lines.Add("ERROR: " + value);

        public override void WriteLine(string value) => Lines.Add(value);

        public override void WriteProgress(long sourceId, ProgressRecord record) { }

        public override void WriteVerboseLine(string message) => Lines.Add("VERBOSE: " + message);

        public override void WriteWarningLine(string message) => Lines.Add("WARNING: " + message);
    }
}
