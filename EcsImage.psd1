@{
    RootModule           = 'EcsImages.PowerShell.dll'
    # The build writes the version of Directory.Build.props into the staged manifest.
    ModuleVersion        = '0.1.0'
    GUID                 = 'f09ac626-3992-4be9-a15a-5979bafde6c8'
    Author               = 'The EcsImage authors'
    CompanyName          = 'The EcsImage authors'
    Copyright            = '(c) The EcsImage authors. MIT License.'
    Description          = 'Everything a person does with images of Alibaba Cloud ECS: find, create, import, export, copy, share, publish, wait for and delete them, in the cloud or on an embedded endpoint that needs no account.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @(
        'EcsImage.format.ps1xml'
        'EcsImageRegion.format.ps1xml'
        'EcsImageChoice.format.ps1xml'
        'EcsImageCompatibility.format.ps1xml'
        'EcsInstance.format.ps1xml'
        'EcsSnapshot.format.ps1xml'
        'EcsTask.format.ps1xml'
        'EcsImageExport.format.ps1xml'
        'EcsRegion.format.ps1xml'
        'EcsContext.format.ps1xml'
        'EcsImageSupport.format.ps1xml'
        'EcsOSLifecycle.format.ps1xml'
        'EcsImageQuota.format.ps1xml'
        'EcsImageDependency.format.ps1xml'
        'EcsRamPolicy.format.ps1xml'
        'EcsApi.format.ps1xml'
        'EcsImageFile.format.ps1xml'
    )
    TypesToProcess       = @('EcsImage.types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Connect-EcsAccount'
        'Disconnect-EcsAccount'
        'Get-EcsContext'
        'Get-EcsRegion'
        'Get-EcsInstanceType'
        'Get-EcsImage'
        'Get-EcsImageRegion'
        'Find-EcsImage'
        'Test-EcsImageCompatibility'
        'New-EcsCustomImage'
        'Import-EcsImage'
        'Export-EcsImage'
        'Wait-EcsImage'
        'Copy-EcsImage'
        'Stop-EcsImageCopy'
        'Add-EcsImageShare'
        'Remove-EcsImageShare'
        'Get-EcsImageShare'
        'Publish-EcsImage'
        'Unpublish-EcsImage'
        'Set-EcsImage'
        'Add-EcsImageTag'
        'Remove-EcsImageTag'
        'Remove-EcsImage'
        'Get-EcsImageUsage'
        'Get-EcsInstance'
        'New-EcsInstance'
        'Start-EcsInstance'
        'Stop-EcsInstance'
        'Remove-EcsInstance'
        'Get-EcsSnapshot'
        'New-EcsSnapshot'
        'Remove-EcsSnapshot'
        'Get-EcsDisk'
        'Get-EcsTask'
        'Wait-EcsTask'
        'Stop-EcsTask'
        'Get-EcsImageSupport'
        'Get-EcsOSLifecycle'
        'Get-EcsImageQuota'
        'Request-EcsImageQuota'
        'Get-EcsRamPolicy'
        'Invoke-EcsApi'
        'Get-EcsImageFile'
        'Test-EcsImageFile'
        'Compare-EcsImageFile'
        'Convert-EcsImageFile'
    )
    PrivateData          = @{
        PSData = @{
            Tags = @('AlibabaCloud', 'Aliyun', 'ECS', 'Image', 'Cloud', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
